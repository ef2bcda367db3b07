import { DayDate } from '@maillage/contracts/kit/dates'
import { type CptsId, newRowId } from '@maillage/contracts/kit/ids'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
// Monday 2 March 2026, ten in the morning in Paris.
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

const read = (query = '', headers = ana.headers) => tested.app.inject({ url: `/api/v1/worklist${query}`, headers })
const ask = (payload: object) =>
  tested.app.inject({ method: 'POST', url: '/api/v1/worklist/search', payload, headers: ana.headers })
const hours = (count: number): string => new Date(now.getTime() + count * 3_600_000).toISOString()
const search = (over: Parameters<typeof aGpSearch>[2] = {}) => aGpSearch(tested, cptsId, over)
const idsOf = (answer: { json(): { items: { id: string }[] } }): string[] => answer.json().items.map(({ id }) => id)
const references = (answer: { json(): { items: { reference: string }[] } }): string[] =>
  answer.json().items.map(({ reference }) => reference)

async function everyPage(query: string, between: () => Promise<unknown> = async () => undefined): Promise<string[]> {
  const seen: string[] = []
  let cursor = ''
  do {
    const answer = await read(`?${query}${cursor}`)
    expect(answer.statusCode).toBe(200)
    seen.push(...idsOf(answer))
    cursor = answer.json().next ? `&cursor=${answer.json().next}` : ''
    await between()
  } while (cursor)
  return seen
}

describe('the order of the queue', () => {
  test('what will be late first comes first, then the band, then the oldest; what has no clock comes last', async () => {
    const none = await search()
    const later = await search({ queueAt: hours(5) })
    const urgent = await search({ queueAt: hours(2), bandRank: 1 })
    const calm = await search({ queueAt: hours(2), bandRank: 4 })
    const late = await search({ queueAt: hours(-1), dueAt: new Date(hours(-1)) })
    expect(idsOf(await read())).toEqual([late.id, urgent.id, calm.id, later.id, none.id])
    expect(idsOf(await read('?sort=band'))).toEqual([urgent.id, late.id, later.id, none.id, calm.id])
  })

  test('pages follow each other without a gap nor a repeat while cases are opened, through clocks at infinity', async () => {
    const known: string[] = []
    for (let n = 0; n < 9; n++) known.push((await search(n < 4 ? { queueAt: hours(n % 2) } : {})).id)
    for (const sort of ['queue', 'band', 'opened']) {
      const seen = await everyPage(`sort=${sort}&limit=2`, () => search({ queueAt: hours(-9), bandRank: 1 }))
      expect(new Set(seen).size).toBe(seen.length)
      expect(known.filter((id) => !seen.includes(id))).toEqual([])
    }
  })

  test('a cursor made by hand, or for another order, is refused', async () => {
    for (let n = 0; n < 2; n++) await search()
    const { next } = (await read('?limit=1')).json()
    const forged = Buffer.from('["queue","0000-01-01T00:00:00Z",1,"2026-01-01T00:00:00Z","x"]').toString('base64url')
    for (const query of [`?sort=band&cursor=${next}`, `?cursor=${forged}`, '?cursor=nonsense']) {
      const answer = await read(query)
      expect([answer.statusCode, answer.json().errors]).toEqual([
        422,
        [{ pointer: '/query/cursor', code: 'invalid-cursor' }],
      ])
    }
    // Other lists check less: what the database cannot read as a date is still the caller's fault.
    const yearZero = Buffer.from(JSON.stringify(['0000-01-01T00:00:00Z', newRowId()])).toString('base64url')
    const answer = await tested.app.inject({ url: `/api/v1/gp-searches?cursor=${yearZero}`, headers: ana.headers })
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'invalid-field'])
  })
})

describe('the filters', () => {
  test('by status, band, commune, owner and kind; without a status, the open cases', async () => {
    const open = await search({ bandRank: 1, ownerId: ana.accountId })
    const corsican = await search({ municipalityCode: '2A004', status: 'eligible' })
    const closed = await search({ status: 'closed', isOpen: false })
    expect(idsOf(await read())).toEqual([open.id, corsican.id])
    expect(idsOf(await read('?status=closed'))).toEqual([closed.id])
    expect(idsOf(await read('?status=eligible&status=closed&kind=gp-search')).sort()).toEqual(
      [corsican.id, closed.id].sort(),
    )
    expect(idsOf(await read('?kind=gp-search&status=triaged'))).toEqual([])
    expect(idsOf(await read('?kind=unscheduled-care&kind=hospital-discharge'))).toEqual([])
    expect(idsOf(await read('?band=P1'))).toEqual([open.id])
    expect(idsOf(await read('?band=P1&band=P3&limit=1'))).toEqual([open.id])
    expect(idsOf(await read('?municipality=2A004'))).toEqual([corsican.id])
    expect(idsOf(await read('?municipality=2A004&municipality=33063'))).toEqual([open.id, corsican.id])
    expect(idsOf(await read('?owner=me'))).toEqual([open.id])
    expect(idsOf(await read(`?owner=${ana.accountId}`))).toEqual([open.id])
    expect(idsOf(await read('?owner=none'))).toEqual([corsican.id])
    expect((await read('?municipality=2A004')).json().items[0]).toMatchObject({
      municipality: 'Ajaccio',
      ownerName: null,
    })
    expect((await read('?status=nonsense')).statusCode).toBe(422)
  })

  test('by due date, in the zone of the CPTS: late, still to come today, within seven days', async () => {
    const late = await search({ queueAt: hours(-1) })
    const tonight = await search({ queueAt: '2026-03-02T22:59:00Z' })
    const tomorrow = await search({ queueAt: '2026-03-02T23:00:00Z' })
    await search({ queueAt: '2026-03-08T23:00:00Z' })
    expect(idsOf(await read('?due=late'))).toEqual([late.id])
    expect(idsOf(await read('?due=today'))).toEqual([tonight.id])
    expect(idsOf(await read('?due=week'))).toEqual([tonight.id, tomorrow.id])
  })

  test('the same page cut to any limit', async () => {
    for (let n = 0; n < 4; n++) await search()
    const all = idsOf(await read())
    expect(idsOf(await read('?limit=3'))).toEqual(all.slice(0, 3))
    expect((await read('?limit=4')).json().next).toBeNull()
    expect((await read('?limit=201')).statusCode).toBe(422)
  })
})

describe('the search', () => {
  const someone = async (over: Parameters<typeof aPatient>[2], more: Parameters<typeof aGpSearch>[2] = {}) => {
    const { id } = await aPatient(tested, cptsId, over)
    return await search({ patientId: id, ...more })
  }

  test('finds a household’s search by the name of any of its members, and says whose', async () => {
    const holder = await aPatient(tested, cptsId, { birthName: 'Verlanche', firstName: 'Irma' })
    const member = await aPatient(tested, cptsId, { birthName: 'Ostrande', firstName: 'Yvette 🌻' })
    const file = await search({ patientId: holder.id, householdSize: 2 })
    await search()
    await prepare(tested, (tx) =>
      tx.execute(sql`insert into gp_search_members (cpts_id, case_id, patient_id, details)
        values (${cptsId}, ${file.id}, ${member.id}, '{}')`),
    )
    const found = async (q: string) => (await ask({ q })).json().items
    expect(await found('ostrande')).toMatchObject([
      { reference: file.reference, lastName: 'Verlanche', foundWith: 'Yvette 🌻 Ostrande' },
    ])
    expect(await found('verlanche')).toMatchObject([{ reference: file.reference }])
    expect((await found('verlanche'))[0].foundWith).toBeUndefined()
    const patients = { method: 'POST', url: '/api/v1/patients/search', payload: { q: 'ostrande' } } as const
    const listed = (await tested.app.inject({ ...patients, headers: ana.headers })).json().items
    expect(listed).toMatchObject([{ id: member.id, openCases: [{ reference: file.reference }] }])
    const neighbour = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    const theirs = await tested.app.inject({ ...patients, headers: neighbour.headers })
    expect(theirs.json().items).toEqual([])
  })

  test('finds by name whatever the accents, the case and the hyphens, in any order of the words', async () => {
    const eloise = await someone({ birthName: 'D’Œuvrard-Béranger', firstName: 'Anne-Éloïse', lastName: 'Chaussoy' })
    await someone({ birthName: 'Berthoumieux', firstName: 'Anne' })
    for (const q of ['ELOISE', 'anne eloise', 'béranger', 'chaussoy anne', 'Anne-Él chau', 'oeuvrard ber', 'd’œuvrard'])
      expect([q, references(await ask({ q }))]).toEqual([q, [eloise.reference]])
    expect(references(await ask({ q: 'anne zzz' }))).toEqual([])
    expect(references(await ask({ q: '--' }))).toEqual([])
    expect(references(await ask({ q: "%' or 1=1" }))).toEqual([])
  })

  test('finds by phone as people type it, by birth date, and by both', async () => {
    const one = await someone({ phones: ['+33612345678'], birthDate: DayDate.parse('1944-03-12'), firstName: 'Odile' })
    const other = await someone({ phones: ['+33612999999'], birthDate: DayDate.parse('1944-03-12') })
    for (const q of [
      '06 12 34 56 78',
      '0612345678',
      '+33 6 12 34 56 78',
      '+33 (0)6 12 34',
      '0033612345678',
      '06.12.34',
    ])
      expect([q, references(await ask({ q }))]).toEqual([q, [one.reference]])
    for (const q of ['12/03/1944', '1944-03-12', '12.3.1944'])
      expect(references(await ask({ q }))).toEqual([one.reference, other.reference])
    expect(references(await ask({ q: 'odile 12/03/1944' }))).toEqual([one.reference])
    expect(references(await ask({ q: '06 12' }))).toEqual([one.reference, other.reference])
  })

  test('finds by reference, closed cases included, and narrows by the filters', async () => {
    const open = await someone(
      { birthName: 'Quénéhervé', address: { municipality: '2A004' } },
      { municipalityCode: '2A004' },
    )
    const closed = await search({ status: 'closed', isOpen: false })
    const number = Number(closed.reference.slice(-4))
    for (const q of [closed.reference, closed.reference.toLowerCase(), `mt ${number}`, `MT ${number}`])
      expect([q, references(await ask({ q }))]).toEqual([q, [closed.reference]])
    expect(references(await ask({ q: 'queneherve', municipality: ['2A004'] }))).toEqual([open.reference])
    expect(references(await ask({ q: 'queneherve', municipality: ['33063'] }))).toEqual([])
    expect((await ask({ q: 'q', surprise: true })).statusCode).toBe(422)
  })

  test('shows nobody of another CPTS', async () => {
    const elsewhere = await aCpts(tested)
    const stranger = await aPatient(tested, elsewhere, { birthName: 'Voisinage' })
    const theirs = await aGpSearch(tested, elsewhere, { patientId: stranger.id })
    expect(idsOf(await read())).toEqual([])
    expect(idsOf(await ask({ q: 'voisinage' }))).toEqual([])
    expect(idsOf(await ask({ q: theirs.reference }))).toEqual([])
  })
})

describe('who may read it', () => {
  test('coordinators alone', async () => {
    for (const role of ['practitioner', 'requester', 'hospital_staff', 'administrator'] as const) {
      const { headers } = await someoneWho(tested, { cptsId, role })
      expect((await read('', headers)).statusCode).toBe(403)
      expect((await tested.app.inject({ url: '/api/v1/worklist/counts', headers })).statusCode).toBe(403)
    }
    expect((await tested.app.inject({ url: '/api/v1/worklist' })).statusCode).toBe(401)
  })
})

describe('the counters', () => {
  test('count what is open by kind, status and band, what is late, due today, and unmet', async () => {
    await search({ queueAt: hours(-1), bandRank: 1 })
    await search({ queueAt: hours(1), bandRank: 1, status: 'eligible' })
    await search({ status: 'closed', isOpen: false })
    await search({ kind: 'unscheduled-care', status: 'triaged', queueAt: hours(-2) })
    await search({ kind: 'hospital-discharge', status: 'coordinating', escalatedAt: now })
    const unmet = { kind: 'unscheduled-care', status: 'closed_no_solution', isOpen: false } as const
    await search({ ...unmet, closedAt: new Date(hours(-24)) })
    await search({ ...unmet, closedAt: new Date(hours(-24 * 31)) })
    const answer = await tested.app.inject({ url: '/api/v1/worklist/counts', headers: ana.headers })
    expect(answer.json()).toEqual({
      open: 4,
      late: 2,
      dueToday: 1,
      byKind: { 'gp-search': 2, 'unscheduled-care': 1, 'hospital-discharge': 1 },
      byBand: { P1: 2, P2: 0, P3: 2, P4: 0 },
      byStatus: [
        { kind: 'gp-search', status: 'eligible', count: 1 },
        { kind: 'gp-search', status: 'submitted', count: 1 },
        { kind: 'hospital-discharge', status: 'coordinating', count: 1 },
        { kind: 'unscheduled-care', status: 'triaged', count: 1 },
      ],
      unmet: 3,
    })
  })
})

describe('some rows by their cases', () => {
  const rows = (payload: object, headers = ana.headers) =>
    tested.app.inject({ method: 'POST', url: '/api/v1/worklist/rows', payload, headers })

  test('are read as the filters let them through now, and never those of another CPTS', async () => {
    const first = await search({ bandRank: 1 })
    const second = await search({ bandRank: 2 })
    const ids = [first.id, second.id, newRowId()]
    expect(new Set(idsOf(await rows({ ids })))).toEqual(new Set([first.id, second.id]))
    expect(idsOf(await rows({ ids, band: ['P2'] }))).toEqual([second.id])
    const stranger = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
    expect(idsOf(await rows({ ids }, stranger.headers))).toEqual([])
    const requester = await someoneWho(tested, { cptsId, role: 'requester' })
    expect((await rows({ ids }, requester.headers)).json().code).toBe('role-may-not')
    expect((await rows({ ids: [] })).statusCode).toBe(422)
  })

  test('say what each allows of the acts that are done to several at once', async () => {
    const actsAt = async (status: string): Promise<string[]> => {
      const { id } = await search({ status })
      return (await rows({ ids: [id], status: [status] })).json().items[0]?.acts
    }
    expect(await actsAt('eligible')).toEqual(['propose', 'close'])
    expect(await actsAt('submitted')).toEqual(['close'])
    expect(await actsAt('closed')).toEqual([])
  })
})

describe('the trail of what is read', () => {
  const linesOf = () => prepare(tested, (tx) => tx.select().from(auditEntries).where(eq(auditEntries.cptsId, cptsId)))
  const grants = (verb: string) =>
    prepare(tested, (tx) =>
      tx.execute(sql.raw(`${verb} insert on audit_entries ${verb === 'revoke' ? 'from' : 'to'} maillage_api`)),
    )

  test('each reading leaves its own line, also when several read at once', async () => {
    const bob = await someoneWho(tested, { cptsId, role: 'coordinator' })
    await Promise.all([read(), read('', bob.headers), ask({ q: 'martin' }), read('?sort=band')])
    const lines = (await linesOf()).filter(({ action }) => action.startsWith('worklist.'))
    const told = lines.map(({ action, actorId }) => `${action} ${actorId}`).toSorted()
    const pages = [ana, ana, bob].map(({ accountId }) => `worklist.read ${accountId}`)
    expect(told).toEqual([...pages, `worklist.search ${ana.accountId}`].toSorted())
    expect(new Set(lines.map(({ requestId }) => requestId)).size).toBe(4)
  })

  test('nothing is answered to those whose line could not be written', async () => {
    await search()
    await grants('revoke')
    const refused = await Promise.all([read(), read(), ask({ q: 'exemple' })])
    await grants('grant')
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([500, 500, 500])
    for (const { body } of refused) expect(body).not.toContain('items')
    expect(idsOf(await read())).toHaveLength(1)
  })

  test('what is refused before anything is read leaves none', async () => {
    const before = (await linesOf()).length
    await read('?cursor=nonsense')
    expect(await linesOf()).toHaveLength(before)
  })
})
