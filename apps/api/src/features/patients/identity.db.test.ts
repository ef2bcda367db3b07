import { readFileSync } from 'node:fs'
import type { CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aHealthNumber } from '../../../test/builders/a-health-number.ts'
import { aDescription, aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { buildApp } from '../../app.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { acceptedAuthorities } from '../../kernel/patients/patient-identity.store.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'
import { patientIdentities } from '../../kernel/tables/patient-identity.table.ts'
import { findDuplicates } from '../duplicates/find-duplicates.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
const now = new Date('2026-03-02T09:00:00Z')
const given = aHealthNumber(1)

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
})

const at = (id: PatientId, rest = '') => `/api/v1/patients/${id}/identity${rest}`
const show = (id: PatientId, who = ana) => tested.app.inject({ url: at(id), headers: who.headers })
const reveal = (id: PatientId, who = ana) =>
  tested.app.inject({ method: 'POST', url: at(id, '/reveal'), headers: who.headers })
const record = (id: PatientId, payload: object, who = ana) =>
  tested.app.inject({ method: 'PUT', url: at(id), payload, headers: who.headers })
const qualify = (id: PatientId, nationalHealthId: object = given, version = 1) =>
  record(id, { status: 'qualified', nationalHealthId, version })
const rowOf = async (id: PatientId) => {
  const rows = await prepare(tested, (tx) =>
    tx.select().from(patientIdentities).where(eq(patientIdentities.patientId, id)),
  )
  return rows[0]
}
const search = async (q: string, who = ana): Promise<string[]> => {
  const answer = await tested.app.inject({
    method: 'POST',
    url: '/api/v1/patients/search',
    payload: { q },
    headers: who.headers,
  })
  return answer.json().items.map(({ id }: { id: string }) => id)
}

describe('a health number', () => {
  test('is kept sealed, shown by its end, and read in full by a gesture that is recorded', async () => {
    const { id } = await aPatient(tested, cptsId)
    expect((await show(id)).json()).toMatchObject({ status: 'provisional', ending: null, version: 1 })
    const kept = await qualify(id)
    expect(kept.json()).toMatchObject({ status: 'qualified', authority: 'test', ending: '14', version: 2 })
    expect((await show(id)).body).not.toContain(given.number.slice(0, 8))
    expect((await reveal(id)).json()).toEqual({ ...given, oid: '1.2.250.1.213.1.4.10' })
    const lines = await prepare(tested, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.patientId, id)).orderBy(auditEntries.position),
    )
    const read = 'patient.read-identity'
    expect(lines.map(({ action }) => action)).toEqual([read, 'patient.identity-change', read, 'patient.number-read'])
    expect(JSON.stringify(lines)).not.toContain(given.number)
  })

  test('stands nowhere in the database, whatever column is read', async () => {
    const { id } = await aPatient(tested, cptsId)
    const number = aHealthNumber(77).number
    await qualify(id, { number, authority: 'test' })
    const { rows: tables } = await prepare(tested, (tx) =>
      tx.execute<{ name: string }>(sql`select relname as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r'`),
    )
    for (const { name } of tables) {
      const { rows } = await prepare(tested, (tx) =>
        tx.execute(sql`select 1 from ${sql.identifier(name)} t where strpos(t::text, ${number}) > 0 limit 1`),
      )
      expect(rows, name).toEqual([])
    }
  })

  test('goes with a qualified identity, and with no other', async () => {
    const { id } = await aPatient(tested, cptsId)
    for (const status of ['provisional', 'retrieved', 'validated']) {
      const refused = await record(id, { status, nationalHealthId: given, version: 1 })
      expect(refused.json().errors).toEqual([{ pointer: '/nationalHealthId', code: 'not-qualified' }])
    }
    expect((await record(id, { status: 'qualified', version: 1 })).statusCode).toBe(422)
    await qualify(id)
    expect((await record(id, { status: 'validated', version: 2 })).json()).toMatchObject({ ending: null })
    expect(await rowOf(id)).toMatchObject({ sealedNumber: null, digest: null, keyVersion: null })
  })

  test('whose key does not fit is refused without being said again', async () => {
    const { id } = await aPatient(tested, cptsId)
    const wrong = `${given.number.slice(0, 13)}99`
    const refused = await qualify(id, { ...given, number: wrong })
    expect(refused.statusCode).toBe(422)
    expect(refused.json().errors[0].pointer).toBe('/nationalHealthId/number')
    expect(refused.body).not.toContain(wrong)
  })

  test('is lost when a trait of the identity changes: it is to be qualified again', async () => {
    const { id } = await aPatient(tested, cptsId)
    await qualify(id)
    const change = (over: object, version: number) =>
      tested.app.inject({
        method: 'PUT',
        url: `/api/v1/patients/${id}`,
        payload: { ...aDescription(), ...over, version },
        headers: ana.headers,
      })
    expect((await change({ phones: ['+33639980011'] }, 2)).statusCode).toBe(200)
    expect(await rowOf(id)).toMatchObject({ status: 'qualified' })
    expect((await change({ birthName: 'Autrenom' }, 3)).statusCode).toBe(200)
    expect(await rowOf(id)).toMatchObject({ status: 'provisional', sealedNumber: null })
  })

  test('is refused on a second file, and under a version that is no more', async () => {
    const [one, two] = [await aPatient(tested, cptsId), await aPatient(tested, cptsId, { birthName: 'Second' })]
    await qualify(one.id)
    expect((await qualify(two.id)).json().code).toBe('number-of-another')
    expect((await qualify(one.id, aHealthNumber(2), 1)).json().code).toBe('version-stale')
    const both = await Promise.all([qualify(two.id, aHealthNumber(3)), qualify(two.id, aHealthNumber(4))])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  })

  test('of a real person is refused where the demo stands, and any on a record that was merged', async () => {
    const [{ id }, kept] = [await aPatient(tested, cptsId), await aPatient(tested, cptsId, { birthName: 'Gardé' })]
    const demo = await buildApp({ ...tested.deps, acceptedHealthIds: ['test'] })
    const payload = { status: 'qualified', nationalHealthId: { ...aHealthNumber(6), authority: 'nir' }, version: 1 }
    const refused = await demo.inject({ method: 'PUT', url: at(id), payload, headers: ana.headers })
    await demo.close()
    expect(refused.json().errors).toEqual([{ pointer: '/nationalHealthId/authority', code: 'not-accepted' }])
    await prepare(tested, (tx) => tx.update(patients).set({ mergedIntoId: kept.id }).where(eq(patients.id, id)))
    expect((await qualify(id, aHealthNumber(8))).json().code).toBe('record-merged')
    expect([await rowOf(id), await rowOf(kept.id)]).toEqual([undefined, undefined])
  })

  test('is invented in a demo, and never where work is real', () => {
    expect(acceptedAuthorities({ isDemo: true, isProduction: false })).toEqual(['test'])
    expect(acceptedAuthorities({ isDemo: false, isProduction: true })).toEqual(['nir', 'nia'])
  })
})

describe('whose number it is', () => {
  test('is found by typing it, as people write it, in that CPTS and in no other', async () => {
    const { id } = await aPatient(tested, cptsId)
    await qualify(id)
    expect(await search('2 48 06 99 000 001 14')).toEqual([id])
    expect(await search(aHealthNumber(5).number)).toEqual([])
    const elsewhere = await aCpts(tested)
    expect(await search(given.number, await someoneWho(tested, { cptsId: elsewhere, role: 'coordinator' }))).toEqual([])
  })

  test('brings the case to the queue', async () => {
    const patient = await aPatient(tested, cptsId)
    const file = await aGpSearch(tested, cptsId, { patientId: patient.id })
    await qualify(patient.id)
    const found = await tested.app.inject({
      method: 'POST',
      url: '/api/v1/worklist/search',
      payload: { q: given.number },
      headers: ana.headers,
    })
    expect(found.json().items.map(({ id }: { id: string }) => id)).toEqual([file.id])
  })

  test('is told by another digest in another CPTS: one cannot be matched with the other', async () => {
    const elsewhere = await aCpts(tested)
    const theirs = await someoneWho(tested, { cptsId: elsewhere, role: 'coordinator' })
    const [one, two] = [await aPatient(tested, cptsId), await aPatient(tested, elsewhere)]
    await qualify(one.id)
    await record(two.id, { status: 'qualified', nationalHealthId: given, version: 1 }, theirs)
    expect((await rowOf(one.id))?.digest).not.toBe((await rowOf(two.id))?.digest)
  })
})

describe('who may', () => {
  test.each(['practitioner', 'requester', 'hospital_staff', 'administrator'] as const)(
    'a %s neither reads nor writes it, and is told nothing',
    async (role) => {
      const { id } = await aPatient(tested, cptsId)
      await qualify(id)
      const who = await someoneWho(tested, { cptsId, role })
      const answers = [
        await show(id, who),
        await reveal(id, who),
        await record(id, { status: 'validated', version: 2 }, who),
      ]
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403])
    },
  )

  test('a coordinator of another CPTS finds nobody', async () => {
    const { id } = await aPatient(tested, cptsId)
    await qualify(id)
    const who = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    const answers = [
      await show(id, who),
      await reveal(id, who),
      await record(id, { status: 'validated', version: 2 }, who),
    ]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404])
  })
})

describe('a seal that was moved', () => {
  const swap = (one: PatientId, two: PatientId) =>
    prepare(tested, (tx) =>
      tx.execute(sql`update patient_identities t set sealed_number = o.sealed_number, key_version = o.key_version
        from patient_identities o where t.patient_id = ${one} and o.patient_id = ${two}`),
    )

  test('to another row does not open, nor under another version, nor with a bit changed', async () => {
    const [one, two] = [await aPatient(tested, cptsId), await aPatient(tested, cptsId, { birthName: 'Second' })]
    await qualify(one.id)
    await qualify(two.id, aHealthNumber(6))
    await swap(one.id, two.id)
    const answer = await reveal(one.id)
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain(aHealthNumber(6).number)
    await prepare(tested, (tx) =>
      tx.execute(sql`update patient_identities set key_version = 9 where patient_id = ${two.id}`),
    )
    expect((await reveal(two.id)).statusCode).toBe(500)
  })
})

test('the pair that bears one number is told as certain, whatever the names say', async () => {
  const [one, two] = [
    await aPatient(tested, cptsId, { birthName: 'Durand', firstName: 'Léa' }),
    await aPatient(tested, cptsId, { birthName: 'Wolff', firstName: 'Igor', sex: 'male' }),
  ]
  await qualify(one.id)
  // As two wards do that send the same person home at the same moment.
  const { fieldCipher } = tested.deps
  await tested.deps.db.transaction(cptsId, async (tx) => {
    const place = { cptsId, field: 'patient_identities.sealed_number', rowId: two.id }
    const { sealed, ...kept } = await fieldCipher.seal(tx, place, given.number)
    await tx.insert(patientIdentities).values({
      cptsId,
      patientId: two.id,
      status: 'qualified',
      authority: 'test',
      sealedNumber: sealed,
      ...kept,
      recordedAt: now,
    })
  })
  const deps = { db: tested.deps.db, now: () => now, kinds: caseKindsOf() }
  await findDuplicates(deps, cptsId)
  const pairs = await tested.app.inject({ url: '/api/v1/duplicates', headers: ana.headers })
  const [pair] = pairs.json().items
  expect(pair).toMatchObject({ score: 100 })
  expect(pair.parts[0]).toEqual({ trait: 'nationalHealthId', how: 'same', points: 100 })
})

test('the contract of a description has no place for a number: it is asked of nobody', () => {
  const source = readFileSync(new URL('../../../../../packages/contracts/src/patients.ts', import.meta.url), 'utf8')
  expect(source).not.toMatch(/healthNumber|HealthId/)
})
