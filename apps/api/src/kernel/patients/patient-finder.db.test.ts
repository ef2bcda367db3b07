import { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { type FoundPatients, findPatients } from './patient-finder.ts'
import { readSought } from './patient-lookup.ts'

let tested: TestApp
let cptsId: CptsId
const now = new Date('2026-03-02T09:00:00Z')
const find = (q: string, where = cptsId): Promise<FoundPatients> =>
  tested.deps.db.read(where, (db) => findPatients(db, where, readSought(q, now)))
const endingsOf = (word: string) =>
  tested.deps.db.read(cptsId, (db) =>
    queryRows<{ ending: string }>(db, {
      text: 'select ending from patient_name_endings where word = $1 order by 1',
      values: [word],
    }),
  )

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
})

afterAll(async () => {
  await tested.close()
})

describe('inside a name', () => {
  test('is found after beginnings, from three letters on, with the other words and the birth date', async () => {
    const tina = await aPatient(tested, cptsId, { birthName: 'Quercy', firstName: 'Tina' })
    const martine = await aPatient(tested, cptsId, {
      birthName: 'Lormont',
      firstName: 'Anne-Martine',
      birthDate: DayDate.parse('1944-03-12'),
    })
    expect(await find('tin')).toEqual({ ids: [tina.id], inside: [martine.id], isPartial: false })
    for (const q of ['ormon', 'ormont anne', 'lor artine', 'tine lo', 'ormont 12/03/1944'])
      expect([q, (await find(q)).inside]).toEqual([q, [martine.id]])
    for (const q of ['ti lorm', 'rm', 'ormont tina', 'ormont 13/03/1944'])
      expect([q, (await find(q)).inside]).toEqual([q, []])
  })

  test('shows nobody of another CPTS', async () => {
    const elsewhere = await aCpts(tested)
    const { id } = await aPatient(tested, elsewhere, { birthName: 'Voisinage' })
    expect((await find('oisina')).inside).toEqual([])
    expect((await find('oisina', elsewhere)).inside).toEqual([id])
    expect(await endingsOf('voisinage')).toEqual([])
  })

  test('a name that nobody bears any more leaves nothing behind', async () => {
    const one = await aPatient(tested, cptsId, { birthName: 'Unique' })
    const other = await aPatient(tested, cptsId, { birthName: 'Unique' })
    const forget = (id: string) =>
      prepare(tested, (tx) =>
        tx.execute(sql`delete from patient_search_tokens where cpts_id = ${cptsId} and patient_id = ${id}`),
      )
    await forget(one.id)
    expect((await endingsOf('unique')).map(({ ending }) => ending)).toEqual(['ique', 'nique', 'que'])
    expect((await find('niqu')).inside).toEqual([other.id])
    await forget(other.id)
    expect(await endingsOf('unique')).toEqual([])
  })
})

describe('when more people match than are looked at', () => {
  let many: CptsId
  beforeAll(async () => {
    many = await aCpts(tested)
    await prepare(tested, async (tx) => {
      await tx.execute(sql`
        insert into patients (cpts_id, id, birth_name, last_name, first_name, birth_date, sex, municipality_code, traits, created_at, updated_at)
        select ${many}, gen_random_uuid(), 'Foule', 'Foule', 'Exemple' || n, '1950-01-01', 'female', '33063', n::text, ${now}, ${now}
        from generate_series(1, 3000) n`)
      await tx.execute(sql`
        insert into patient_search_tokens (cpts_id, token, patient_id)
        select cpts_id, unnest(array['foule', 'exemple' || traits, 'foule exemple' || traits, 'exemple' || traits || ' foule']), id
        from patients where cpts_id = ${many}`)
      await tx.execute(sql`analyze patients, patient_search_tokens, patient_name_endings`)
    })
  })

  test('it is said, and a few hundred rows are read', async () => {
    const short = await find('fo', many)
    expect([short.isPartial, short.ids.length, short.inside]).toEqual([true, 200, []])
    expect((await find('oul', many)).isPartial).toBe(true)
    expect((await find('foule ex', many)).isPartial).toBe(true)
  })

  test('a whole name is found whatever the number of its namesakes', async () => {
    for (const q of ['foule exemple2999', 'exemple2999 foule']) expect((await find(q, many)).ids).toHaveLength(1)
  })

  test('no statement reads more than it walks', async () => {
    const rows = async (q: string): Promise<number> =>
      tested.deps.db.read(many, async (db) => {
        const reads = () =>
          queryRows<{ read: string }>(db, {
            text: `select coalesce(sum(pg_stat_get_xact_tuples_returned(indexrelid)), 0) as read from pg_index
              where indrelid in ('patient_search_tokens'::regclass, 'patient_name_endings'::regclass)`,
            values: [],
          })
        const before = Number((await reads())[0]?.read)
        await findPatients(db, many, readSought(q, now))
        return Number((await reads())[0]?.read) - before
      })
    const short = await rows('fo')
    expect([short > 0, short <= 200]).toEqual([true, true])
    expect(await rows('oul')).toBeLessThanOrEqual(400)
    expect(await rows('foule exem')).toBeLessThanOrEqual(2_500)
  })
})
