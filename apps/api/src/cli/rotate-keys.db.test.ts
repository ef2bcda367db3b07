import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { asc, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../test/build-test-app.ts'
import { aHealthNumber } from '../../test/builders/a-health-number.ts'
import { aPatient } from '../../test/builders/a-patient.ts'
import { aCpts, someoneWho } from '../../test/builders/accounts.ts'
import { prepare } from '../../test/builders/as-owner.ts'
import { findByHealthNumber, placeOf, writeIdentity } from '../kernel/patients/patient-identity.store.ts'
import { sealedIdentities } from '../kernel/patients/reseal-identities.store.ts'
import { patientIdentities } from '../kernel/tables/patient-identity.table.ts'
import { readConfig } from '../platform/config.ts'
import { dataKeys } from '../platform/crypto/data-key.table.ts'
import { openFieldCipher } from '../platform/crypto/field-cipher.ts'
import { type RotationDeps, rotateDataKey } from '../platform/crypto/rotate-data-key.ts'
import { demandMasterKey, wrappedColumns } from '../platform/crypto/wrapped-columns.ts'
import { readMasterKey } from '../platform/session/master-key.ts'
import { openSigningKeys } from '../platform/session/signing-keys.ts'
import { rotateMasterKey } from './rotate-master-key.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'maillage-keys-'))
const keyFile = (name: string): string => {
  const file = path.join(folder, name)
  writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  return file
}
const oldFile = keyFile('old.key')
const master = (file = oldFile): Buffer => readMasterKey({ file, dataDir: folder })
// More than two batches.
const many = 450
const longRotation = 120_000

let tested: TestApp
let cptsId: CptsId
let ids: PatientId[]

beforeAll(async () => {
  tested = await buildTestApp({ masterKey: master() })
})
afterAll(async () => {
  await tested.close()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  await prepare(tested, (tx) => tx.delete(patientIdentities))
  cptsId = await aCpts(tested)
  const model = await aPatient(tested, cptsId)
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{
      id: PatientId
    }>(sql`insert into patients (cpts_id, id, birth_name, last_name, first_name, birth_date, sex,
        municipality_code, traits, created_at, updated_at)
      select cpts_id, gen_random_uuid(), birth_name, last_name, first_name, birth_date, sex, municipality_code, traits,
        created_at, updated_at from patients, generate_series(1, ${many}) where id = ${model.id} returning id`),
  )
  ids = rows.map(({ id }) => id)
  await tested.deps.db.transaction(cptsId, async (tx) => {
    const seal = await tested.deps.fieldCipher.sealer(tx)
    const values = ids.map((patientId, at) => {
      const { sealed, ...kept } = seal(placeOf({ cptsId, patientId }), aHealthNumber(at).number)
      const recordedAt = new Date()
      return {
        cptsId,
        patientId,
        status: 'qualified' as const,
        authority: 'test' as const,
        sealedNumber: sealed,
        ...kept,
        recordedAt,
      }
    })
    await tx.insert(patientIdentities).values(values)
  })
})

const rotation = (over: Partial<RotationDeps> = {}) =>
  rotateDataKey(
    {
      masterKey: master(),
      now: () => new Date(),
      asOwner: (work) => prepare(tested, work),
      say: () => undefined,
      patienceMs: 5,
      ...over,
    },
    [sealedIdentities],
  )
const keys = () => prepare(tested, (tx) => tx.select().from(dataKeys).orderBy(asc(dataKeys.version)))
const versions = async () => {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ version: number; count: number }>(sql`
      select key_version as version, count(*)::int as count from patient_identities group by 1 order by 1`),
  )
  return rows
}
/** As any process does: by what is typed, then by opening what is kept. */
const isFound = async (at: number, cipher = tested.deps.fieldCipher): Promise<boolean> => {
  const found = await tested.deps.db.read(cptsId, (db) =>
    findByHealthNumber(db, cipher, cptsId, aHealthNumber(at).number),
  )
  return found.length === 1 && found[0] === ids[at]
}
/** One live key, every row under it, every number found and opened by a process that knows nothing yet. */
async function expectWhole(): Promise<void> {
  const live = (await keys()).filter(({ retiredAt }) => retiredAt === null)
  expect(live).toHaveLength(1)
  expect(await versions()).toEqual([{ version: live[0]?.version, count: many }])
  const fresh = openFieldCipher(master())
  for (const at of [0, 1, 199, 200, many - 1]) expect(await isFound(at, fresh), `${at}`).toBe(true)
  const rows = await prepare(tested, (tx) => tx.select().from(patientIdentities))
  for (const row of rows) {
    const kept = { keyVersion: row.keyVersion ?? 0, sealed: row.sealedNumber ?? '' }
    const number = await tested.deps.db.read(cptsId, (db) => fresh.open(db, placeOf(row), kept))
    expect(number).toBe(aHealthNumber(ids.indexOf(row.patientId)).number)
  }
}

describe('the key of health numbers', () => {
  test(
    'changes while they are read and written, told as it goes; the old key is destroyed',
    async () => {
      const before = (await keys()).at(-1)?.version ?? 0
      const said: string[] = []
      let turns = 0
      const deps: Partial<RotationDeps> = {
        say: (line) => void said.push(line),
        // Between two transactions of the change, the API reads and writes.
        asOwner: async (work) => {
          turns += 1
          expect(await isFound(turns % many)).toBe(true)
          const patientId = ids[many - turns]
          if (!patientId) throw new Error('More turns than people')
          const nationalHealthId = aHealthNumber(many - turns)
          await tested.deps.db.transaction(cptsId, (tx) =>
            writeIdentity(
              tx,
              tested.deps.fieldCipher,
              { cptsId, patientId },
              { status: 'qualified', nationalHealthId },
              { now: new Date(), accountId: null },
            ),
          )
          return prepare(tested, work)
        },
      }
      await rotation(deps)
      expect(said[0]).toMatch(/^4\d\d valeur\(s\) à chiffrer sous la clé n° \d+\.$/)
      expect(said.some((line) => /^200 sur 4\d\d \(4\d %\)$/.test(line))).toBe(true)
      expect(said.at(-1)).toContain('Terminé')
      expect((await keys()).find(({ version }) => version === before)).toMatchObject({ wrappedKey: null })
      await expectWhole()
    },
    longRotation,
  )

  test(
    'killed in the middle goes on where it stood',
    async () => {
      const started = (await keys()).length
      const { deps } = tested
      let killed = (): void => undefined
      const isKilled = new Promise<void>((resolve) => {
        killed = resolve
      })
      // Somebody writes a number all the while: the change cannot end before it is killed.
      const holding = deps.db.transaction(cptsId, async (tx) => {
        await tx.execute(sql`select from patient_identities where patient_id = ${ids[0]} for update`)
        await isKilled
      })
      const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'rotate-data-key'], {
        cwd: path.resolve(import.meta.dirname, '../..'),
        env: {
          PATH: process.env.PATH ?? '',
          HOME: process.env.HOME ?? '',
          DATABASE_URL: tested.database.url,
          DATABASE_OWNER_URL: tested.database.ownerUrl,
          MASTER_KEY_FILE: oldFile,
          MAILLAGE_DATA_DIR: folder,
        },
      })
      const said: string[] = []
      await new Promise<void>((resolve, reject) => {
        child.stdout.on('data', (words: Buffer) => {
          said.push(words.toString('utf8'))
          if (/200 sur 450/.test(said.join(''))) resolve()
        })
        child.stderr.on('data', (words: Buffer) => said.push(words.toString('utf8')))
        child.once('exit', () => reject(new Error(said.join(''))))
      })
      child.removeAllListeners('exit')
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
      killed()
      await holding
      expect((await keys()).filter(({ retiredAt }) => retiredAt === null)).toHaveLength(2)
      for (const at of [0, 1, 200, many - 1]) expect(await isFound(at)).toBe(true)
      const again: string[] = []
      await rotation({ say: (line) => void again.push(line) })
      expect(again[0]).toContain('il reprend')
      expect(await keys()).toHaveLength(started + 1)
      await expectWhole()
    },
    longRotation,
  )

  test(
    'changed between the reading of the keys and the search hides nobody',
    async () => {
      const { fieldCipher } = tested.deps
      let turns = 0
      const digests: typeof fieldCipher.digests = async (...asked) => {
        const found = await fieldCipher.digests(...asked)
        turns += 1
        if (turns === 1) await rotation()
        return found
      }
      expect(await isFound(7, { ...fieldCipher, digests })).toBe(true)
      expect(turns).toBe(3)
    },
    longRotation,
  )

  test(
    'comes back with a backup of before its change, and numbers alone do not open without it',
    async () => {
      const saved = await prepare(tested, (tx) => tx.select().from(patientIdentities))
      const savedKeys = await keys()
      await rotation()
      const restore = (withKeys: boolean) =>
        prepare(tested, async (tx) => {
          await tx.delete(patientIdentities)
          if (withKeys) await tx.delete(dataKeys)
          if (withKeys) await tx.insert(dataKeys).values(savedKeys)
          await tx.insert(patientIdentities).values(saved)
        })
      await restore(false)
      const fresh = openFieldCipher(master())
      const [one] = saved
      if (!one) throw new Error('Nobody was saved')
      const kept = { keyVersion: one.keyVersion ?? 0, sealed: one.sealedNumber ?? '' }
      const opened = tested.deps.db.read(cptsId, (db) => fresh.open(db, placeOf(one), kept))
      await expect(opened).rejects.toThrow('unknown or retired')
      await restore(true)
      await expectWhole()
      // The processes of this file keep what they opened: as after a restoration, they begin anew.
      Object.assign(tested.deps, { fieldCipher: openFieldCipher(master()) })
    },
    longRotation,
  )

  test(
    'changed by two operators at once is changed once',
    async () => {
      const started = (await keys()).length
      // Both begin before either ends: the second finds two keys, and joins.
      const held = tested.deps.db.transaction(cptsId, async (tx) => {
        await tx.execute(sql`select from patient_identities where patient_id = ${ids[7]} for update`)
        while ((await keys()).length === started) await new Promise((resolve) => setTimeout(resolve, 5))
      })
      await Promise.all([rotation(), rotation(), held])
      expect((await keys()).length).toBeLessThanOrEqual(started + 2)
      await expectWhole()
    },
    longRotation,
  )

  test(
    'is not destroyed under an act that seals with it',
    async () => {
      const patientId = ids[3]
      if (!patientId) throw new Error('Nobody to write')
      let rotating: Promise<void> | undefined
      const nationalHealthId = aHealthNumber(3)
      await tested.deps.db.transaction(cptsId, async (tx) => {
        const by = { now: new Date(), accountId: null }
        await writeIdentity(
          tx,
          tested.deps.fieldCipher,
          { cptsId, patientId },
          { status: 'qualified', nationalHealthId },
          by,
        )
        rotating = rotation()
      })
      await rotating
      await expectWhole()
    },
    longRotation,
  )

  test(
    'stays while a value was altered: its place is told, and nothing of it',
    async () => {
      await prepare(tested, (tx) =>
        tx.execute(
          sql`update patient_identities set sealed_number = 'a' || sealed_number where patient_id = ${ids[5]}`,
        ),
      )
      await expect(rotation()).rejects.toThrow(`identité du patient ${ids[5]}`)
      await prepare(tested, (tx) =>
        tx.execute(
          sql`update patient_identities set sealed_number = substr(sealed_number, 2) where patient_id = ${ids[5]}`,
        ),
      )
      await rotation()
      await expectWhole()
    },
    longRotation,
  )
})

describe('the master key', () => {
  const run = async (...args: string[]): Promise<string> => {
    const said: string[] = []
    const config = { ...readConfig({}, folder), masterKeyFile: oldFile }
    const { db, now } = tested.deps
    const say = (line: string): void => void said.push(line)
    await rotateMasterKey.run({ config, migrations: [], db, now, asOwner: (work) => prepare(tested, work), say }, args)
    return said.join('\n')
  }

  test('that is not the one of this base stops the start with what to do', async () => {
    const { db } = tested.deps
    await expect(demandMasterKey(db, randomBytes(32))).rejects.toThrow('MASTER_KEY_FILE')
    await expect(demandMasterKey(db, master())).resolves.toBeUndefined()
  })

  test('protects every column whose name says so', async () => {
    const { rows } = await prepare(tested, (tx) =>
      tx.execute<{ name: string }>(sql`select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and column_name like 'wrapped%' order by 1`),
    )
    const listed = wrappedColumns.map(({ table, column }) => `${table}.${column}`).sort()
    expect(listed).toEqual(rows.map(({ name }) => name))
  })

  test('is refused when it is weak, the same, or while Maillage serves', async () => {
    const weak = path.join(folder, 'weak.key')
    writeFileSync(weak, 'motdepasse-motdepasse-motdepasse-motdepasse')
    await expect(run('--new-file', weak)).rejects.toThrow('connu de tous')
    await expect(run('--new-file', oldFile, '--en-service')).rejects.toThrow('clé actuelle')
    await expect(run()).rejects.toThrow('--new-file')
    await someoneWho(tested, { cptsId, role: 'coordinator' })
    await tested.deps.db.read(cptsId, async () => {
      await expect(run('--new-file', keyFile('new.key'))).rejects.toThrow('Maillage sert encore')
    })
  })

  test('changes all that it wraps at once, or nothing', async () => {
    const { db, now } = tested.deps
    await openSigningKeys({ db, now, masterKey: master() }).current()
    const newFile = keyFile('newer.key')
    // Somebody altered one of them: nothing is changed, and the old key still opens the others.
    await prepare(tested, (tx) =>
      tx.execute(sql`update signing_keys set wrapped_private_key = 'x' || wrapped_private_key`),
    )
    await expect(run('--new-file', newFile, '--en-service')).rejects.toThrow('clé maîtresse')
    await prepare(tested, (tx) =>
      tx.execute(sql`update signing_keys set wrapped_private_key = substr(wrapped_private_key, 2)`),
    )
    await expect(demandMasterKey(db, master())).resolves.toBeUndefined()

    expect(await run('--new-file', newFile, '--en-service')).toContain('sous la nouvelle clé maîtresse')
    await expect(demandMasterKey(db, master())).rejects.toThrow('MASTER_KEY_FILE')
    await expect(demandMasterKey(db, master(newFile))).resolves.toBeUndefined()
    expect(await isFound(4, openFieldCipher(master(newFile)))).toBe(true)
    await expect(openSigningKeys({ db, now, masterKey: master(newFile) }).current()).resolves.toBeDefined()
    // A month later, a process that was not started again wraps nothing under the key that is no more.
    const inAMonth = (): Date => new Date(now().getTime() + 31 * 24 * 3_600_000)
    await expect(openSigningKeys({ db, now: inAMonth, masterKey: master() }).current()).rejects.toThrow()
  })
})
