import { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aDescription, aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})

afterAll(async () => {
  await tested.close()
})

beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
})

const ask = (payload: object, who = ana) =>
  tested.app.inject({ method: 'POST', url: '/api/v1/patients/search', payload, headers: who.headers })
const read = (id: string, who = ana) => tested.app.inject({ url: `/api/v1/patients/${id}`, headers: who.headers })
const change = (id: string, payload: object, who = ana) =>
  tested.app.inject({ method: 'PUT', url: `/api/v1/patients/${id}`, payload, headers: who.headers })
const trail = (patientId: Awaited<ReturnType<typeof aPatient>>['id']) =>
  prepare(tested, (tx) =>
    tx.select({ action: auditEntries.action }).from(auditEntries).where(eq(auditEntries.patientId, patientId)),
  )

describe('the search', () => {
  test('finds by every form, sorted as a dictionary, with the open cases of each', async () => {
    const zoe = await aPatient(tested, cptsId, { birthName: 'Étchebarne', firstName: 'Zoé', phones: ['+33556010203'] })
    const anne = await aPatient(tested, cptsId, {
      birthName: 'Etcheverry',
      firstName: 'Anne',
      birthDate: DayDate.parse('1944-03-12'),
    })
    const file = await aGpSearch(tested, cptsId, { patientId: anne.id })
    const ids = async (q: string) => (await ask({ q })).json().items.map(({ id }: { id: string }) => id)
    expect(await ids('ETCHE')).toEqual([zoe.id, anne.id])
    expect(await ids('zoe étche')).toEqual([zoe.id])
    expect(await ids('05 56 01')).toEqual([zoe.id])
    expect(await ids('12/03/1944')).toEqual([anne.id])
    expect(await ids(file.reference)).toEqual([anne.id])
    expect(await ids('?!')).toEqual([])
    expect((await ask({ q: 'anne' })).json().items[0].openCases).toEqual([
      { id: file.id, kind: 'gp-search', reference: file.reference, status: 'submitted' },
    ])
  })

  test('pages without naming anybody in the cursor', async () => {
    for (const firstName of ['Élie', 'Éloi', 'Elsa', 'Zélie', 'Alix'])
      await aPatient(tested, cptsId, { birthName: 'Parcourt', firstName })
    const names: string[] = []
    let cursor: string | undefined
    do {
      const { items, next } = (await ask({ q: 'parcourt', limit: 2, ...(cursor ? { cursor } : {}) })).json()
      names.push(...items.map(({ firstName }: { firstName: string }) => firstName))
      if (next) expect(Buffer.from(next, 'base64url').toString()).toMatch(/^\["[0-9a-f-]{36}"\]$/)
      await aPatient(tested, cptsId, { birthName: 'Parcourt', firstName: 'Abel' })
      cursor = next ?? undefined
    } while (cursor)
    expect(names).toEqual(['Alix', 'Élie', 'Éloi', 'Elsa', 'Zélie'])
    expect((await ask({ q: 'parcourt', cursor: 'nonsense' })).json().errors[0].pointer).toBe('/cursor')
  })

  test('pages through the first of too many without a repeat, and says that there are more', async () => {
    await prepare(tested, async (tx) => {
      await tx.execute(sql`
        insert into patients (cpts_id, id, birth_name, last_name, first_name, birth_date, sex, municipality_code, traits, created_at, updated_at)
        select ${cptsId}, gen_random_uuid(), 'Foule', 'Foule', 'Exemple', '1950-01-01', 'female', '33063', 'foule' || n, now(), now()
        from generate_series(1, 250) n`)
      await tx.execute(sql`
        insert into patient_search_tokens (cpts_id, token, patient_id)
        select cpts_id, 'foule', id from patients where cpts_id = ${cptsId} and birth_name = 'Foule'`)
    })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = (await ask({ q: 'fou', limit: 80, ...(cursor ? { cursor } : {}) })).json()
      expect(page.isPartial).toBe(true)
      seen.push(...page.items.map(({ id }: { id: string }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect([seen.length, new Set(seen).size]).toEqual([200, 200])
    expect((await ask({ q: 'etchev' })).json().isPartial).toBe(false)
  })

  test('is the coordinators’, of their CPTS alone', async () => {
    await aPatient(tested, await aCpts(tested), { birthName: 'Lointain' })
    expect((await ask({ q: 'lointain' })).json().items).toEqual([])
    for (const role of ['practitioner', 'requester', 'hospital_staff', 'administrator'] as const)
      expect((await ask({ q: 'x y' }, await someoneWho(tested, { cptsId, role }))).statusCode).toBe(403)
  })
})

describe('a file', () => {
  test('is read with its commune and its cases, and leaves a trace', async () => {
    const patient = await aPatient(tested, cptsId, { address: { municipality: '2A004', postalCode: '20000' } })
    const file = await aGpSearch(tested, cptsId, { patientId: patient.id, status: 'closed', isOpen: false })
    expect((await read(patient.id)).json()).toMatchObject({
      address: { municipality: '2A004', municipalityName: 'Ajaccio', postalCode: '20000', line: null },
      household: null,
      cases: [{ id: file.id, status: 'closed' }],
      version: 1,
    })
    expect(await trail(patient.id)).toEqual([{ action: 'patient.read' }])
    const elsewhere = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    expect((await read(patient.id, elsewhere)).statusCode).toBe(404)
    expect((await read(newRowId())).statusCode).toBe(404)
  })

  test('is corrected under the version read; its words and its open cases follow', async () => {
    const patient = await aPatient(tested, cptsId, { birthName: 'Erreur' })
    const file = await aGpSearch(tested, cptsId, { patientId: patient.id })
    const corrected = aDescription({ birthName: 'Justesse', address: { municipality: '33039' } })
    const answer = await change(patient.id, { ...corrected, version: 1 })
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { birthName: 'Justesse', version: 2 }])
    expect((await ask({ q: 'erreur' })).json().items).toEqual([])
    expect((await ask({ q: 'justesse' })).json().items).toHaveLength(1)
    const queue = await tested.app.inject({ url: '/api/v1/worklist?municipality=33039', headers: ana.headers })
    expect(queue.json().items).toMatchObject([{ id: file.id, municipality: 'Bègles', version: 2 }])
    expect((await change(patient.id, { ...corrected, version: 1 })).json().code).toBe('version-stale')
  })

  test('refuses a birth to come, a commune that does not exist, and a field nobody knows', async () => {
    const { id } = await aPatient(tested, cptsId)
    const refused = async (over: object) => (await change(id, { ...aDescription(), version: 1, ...over })).json().errors
    expect(await refused({ birthDate: '2026-03-03' })).toEqual([{ pointer: '/birthDate', code: 'out-of-range' }])
    expect(await refused({ address: { municipality: '99999' } })).toEqual([
      { pointer: '/address/municipality', code: 'unknown' },
    ])
    expect(await refused({ nir: '1' })).toEqual([{ pointer: '/nir', code: 'unknown-field' }])
  })
})
