import { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId, PatientId } from '@maillage/contracts/kit/ids'
import type { PatientDetails } from '@maillage/contracts/patients'
import { redFlags } from '@maillage/contracts/unscheduled-care'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { findDuplicates } from './find-duplicates.ts'

let tested: TestApp
let cptsId: CptsId
type Headers = { authorization: string }
let ana: Headers
let now: Date
const start = new Date('2026-03-02T09:00:00Z')
const days = (count: number) => new Date(start.getTime() + count * 86_400_000)

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  now = start
  cptsId = await aCpts(tested)
  ana = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})

/** Days pass: a session does not last as long. */
const later = async (count: number): Promise<void> => {
  now = days(count)
  ana = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
}

const call = async (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, headers = ana) => {
  const answer = await tested.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json() }
}
const find = () => findDuplicates({ ...tested.deps, kinds: caseKindsOf() }, cptsId)
const twice = async (over: Partial<PatientDetails> = {}) => {
  const one = await aPatient(tested, cptsId, { birthName: 'Larebvre', firstName: 'Mathilde', phones: ['+33611111111'] })
  const other = await aPatient(tested, cptsId, {
    birthName: 'Larevre',
    firstName: 'Matilde',
    phones: ['+33622222222'],
    email: 'mathilde@exemple.fr',
    ...over,
  })
  return { one, other }
}
const pairs = async (status = 'suspected') => (await call('GET', `/duplicates?status=${status}`)).body.items
const onlyPair = async () => {
  await find()
  const [pair] = await pairs()
  return pair as { id: string; version: number; score: number; parts: object[]; people: { id: string }[] }
}
const record = async (id: string) => (await call('GET', `/patients/${id}`)).body
const mergeBody = async (keptId: PatientId, otherId: PatientId, over: object = {}) => ({
  version: (await onlyPair()).version,
  keptId,
  seen: [(await record(keptId)).version, (await record(otherId)).version],
  ...over,
})
const merge = async (keptId: PatientId, otherId: PatientId, over: object = {}) => {
  const pair = await onlyPair()
  return call('POST', `/duplicates/${pair.id}/merge`, await mergeBody(keptId, otherId, over))
}
const found = async (q: string) =>
  (await call('POST', '/patients/search', { q })).body.items.map(({ id }: { id: string }) => id)

describe('the search for duplicates', () => {
  test('compares what was written since, tells the score by its parts, and nobody twice', async () => {
    const { one, other } = await twice()
    await aPatient(tested, cptsId, { birthName: 'Quercy', firstName: 'Solène' })
    expect(await find()).toEqual({ seen: 3, changed: 1 })
    const [pair, ...rest] = await pairs()
    expect(rest).toEqual([])
    expect(pair).toMatchObject({ status: 'suspected', score: 73, decidedAt: null })
    expect(pair.parts[0]).toEqual({ trait: 'birthName', how: 'sounds', points: 18 })
    expect(pair.people.map(({ id }: { id: string }) => id).sort()).toEqual([one.id, other.id].sort())
    expect((await call('GET', '/duplicates/count')).body).toEqual({ suspected: 1 })
    expect(await find()).toEqual({ seen: 0, changed: 0 })
    expect((await record(one.id)).possibleDuplicates).toMatchObject([{ id: pair.id, score: 73 }])
  })

  test('a correction parts them again, and what was decided stays decided', async () => {
    const { one, other } = await twice()
    const pair = await onlyPair()
    const kept = await call('POST', `/duplicates/${pair.id}/dismissal`, { version: pair.version })
    expect(kept.body).toMatchObject({ status: 'apart', decidedBy: expect.any(String) })
    await prepare(tested, (tx) => tx.execute(sql`update patients set version = version + 1 where cpts_id = ${cptsId}`))
    await find()
    expect(await pairs()).toEqual([])
    expect((await pairs('apart')).length).toBe(1)
    const back = await call('POST', `/duplicates/${pair.id}/reconsideration`, { version: kept.body.version })
    expect(back.body.status).toBe('suspected')
    await prepare(tested, (tx) =>
      tx.execute(sql`update patients set version = version + 1, first_name = 'Capucine', birth_date = '2001-01-01'
        where cpts_id = ${cptsId} and id = ${other.id}`),
    )
    await find()
    expect(await pairs()).toEqual([])
    expect((await record(one.id)).possibleDuplicates).toEqual([])
  })

  test('reads a bounded number of namesakes, and pages through what it found', async () => {
    await prepare(tested, async (tx) => {
      await tx.execute(sql`
        insert into patients (cpts_id, id, birth_name, last_name, first_name, birth_date, sex, municipality_code, traits, created_at, updated_at)
        select ${cptsId}, gen_random_uuid(), 'Foule', 'Foule', 'Exemple', '1950-01-01'::date + n, 'female', '33063', n::text, ${now}, ${now}
        from generate_series(1, 150) n`)
    })
    expect((await find()).seen).toBe(150)
    const seen = new Set<string>()
    let cursor: string | null = null
    do {
      const query: string = cursor ? `&cursor=${cursor}` : ''
      const page: { items: { id: string }[]; next: string | null } = (
        await call('GET', `/duplicates?status=suspected&limit=40${query}`)
      ).body
      for (const { id } of page.items) expect(seen.has(id)).toBe(false)
      for (const { id } of page.items) seen.add(id)
      cursor = page.next
    } while (cursor)
    // Days that are one slip apart, and no others: never each with each.
    expect([seen.size > 0, seen.size < 3000]).toEqual([true, true])
    expect((await call('GET', '/duplicates?cursor=nonsense')).status).toBe(422)
  })

  test('two records that somebody found alike are put side by side, once', async () => {
    const one = await aPatient(tested, cptsId, { birthName: 'Quercy', firstName: 'Solène' })
    const other = await aPatient(tested, cptsId, { birthName: 'Bessac', firstName: 'Odile' })
    const made = await call('POST', '/duplicates', { patientIds: [other.id, one.id] })
    expect(made).toMatchObject({ status: 200, body: { status: 'suspected' } })
    const again = await call('POST', '/duplicates', { patientIds: [one.id, other.id] })
    expect(again.body.id).toBe(made.body.id)
    expect((await call('POST', '/duplicates', { patientIds: [one.id, one.id] })).status).toBe(422)
  })
})

describe('a merge', () => {
  test('keeps everything: cases, words, phones, both references; the other’s address leads to the kept record', async () => {
    const { one, other } = await twice()
    const mine = await aGpSearch(tested, cptsId, { patientId: one.id, status: 'closed', isOpen: false })
    const theirs = await aGpSearch(tested, cptsId, { patientId: other.id })
    const note = await call('POST', `/cases/${theirs.id}/notes`, { text: 'Rappeler la fille' })
    expect(note.status).toBe(201)
    const made = await merge(one.id, other.id, { fromOther: ['email'] })
    expect(made).toMatchObject({ status: 201, body: { keptId: one.id, mergedId: other.id, undoneAt: null } })
    expect(made.body.undoUntil).toBe(days(30).toISOString())
    const kept = await record(other.id)
    expect(kept).toMatchObject({
      id: one.id,
      birthName: 'Larebvre',
      email: 'mathilde@exemple.fr',
      phones: ['+33611111111', '+33622222222'],
      mergedRecords: [{ id: other.id, displayName: 'Matilde Larevre' }],
    })
    expect(kept.cases.map(({ reference }: { reference: string }) => reference).sort()).toEqual(
      [mine.reference, theirs.reference].sort(),
    )
    for (const q of ['larebvre', 'larevre matilde', '0622222222', theirs.reference])
      expect([q, await found(q)]).toEqual([q, [one.id]])
    const story = (await call('GET', `/cases/${theirs.id}/timeline`)).body.items
    expect(story.map(({ action }: { action: string }) => action)).toContain('merge')
    expect((await call('GET', `/gp-searches/${theirs.id}`)).body.patient.id).toBe(one.id)
    expect(await pairs()).toEqual([])
    const trail = await prepare(tested, (tx) =>
      tx.select({ action: auditEntries.action }).from(auditEntries).where(eq(auditEntries.patientId, other.id)),
    )
    expect(trail.map(({ action }) => action)).toContain('duplicate.merge')
    // A correction of the kept record leaves the other's words findable.
    const {
      id: _id,
      cases: _c,
      household: _h,
      mergedRecords: _m,
      possibleDuplicates: _p,
      deceasedOn: _d,
      ...said
    } = kept
    const corrected = {
      ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
      address: { municipality: '33063' },
      firstName: 'Mathilda',
    }
    expect((await call('PUT', `/patients/${one.id}`, corrected)).status).toBe(200)
    expect(await found('larevre')).toEqual([one.id])
    expect((await call('PUT', `/patients/${other.id}`, { ...corrected, version: 99 })).body.code).toBe('record-merged')
  })

  test('of somebody with two searches asks which goes on; it takes the earlier seniority, the other is a duplicate', async () => {
    const { one, other } = await twice()
    const early = await aGpSearch(tested, cptsId, { patientId: other.id, status: 'eligible', registeredAt: days(-90) })
    const late = await aGpSearch(tested, cptsId, { patientId: one.id, status: 'submitted', registeredAt: days(-3) })
    const refused = await merge(one.id, other.id)
    expect(refused).toMatchObject({ status: 409, body: { code: 'two-open-searches' } })
    expect(refused.body.allowed.sort()).toEqual([early.reference, late.reference].sort())
    expect((await merge(one.id, other.id, { keptSearchId: late.id })).status).toBe(201)
    expect((await call('GET', `/gp-searches/${late.id}`)).body).toMatchObject({
      status: 'submitted',
      registeredAt: days(-90).toISOString(),
    })
    expect((await call('GET', `/gp-searches/${early.id}`)).body).toMatchObject({
      status: 'closed',
      statusReason: 'duplicate',
    })
  })

  test('tells nobody outside: neither why it closed, nor that there was another', async () => {
    const { one, other } = await twice()
    const ccas = await someoneWho(tested, { cptsId, role: 'requester' })
    const opened = await call(
      'POST',
      '/gp-searches',
      {
        patient: {
          birthName: 'Larebvre',
          firstName: 'Mathylde',
          birthDate: '1950-06-15',
          sex: 'female',
          phones: [],
          address: { municipality: '33063' },
        },
        channel: 'professional',
        consent: { givenAt: start.toISOString(), channel: 'oral', informedBy: 'CCAS' },
        details: {},
      },
      ccas.headers,
    )
    expect(opened.status).toBe(201)
    const kept = await aGpSearch(tested, cptsId, { patientId: one.id })
    await find()
    const pair = (await pairs()).find(({ people }: { people: { id: string }[] }) =>
      people.every(({ id }) => id === one.id || id === opened.body.patient.id),
    )
    const theirs = opened.body.patient.id
    const body = {
      version: pair.version,
      keptId: one.id,
      seen: [(await record(one.id)).version, (await record(theirs)).version],
      keptSearchId: kept.id,
    }
    expect((await call('POST', `/duplicates/${pair.id}/merge`, body)).status).toBe(201)
    const seen = await call('GET', `/gp-searches/${opened.body.id}`, undefined, ccas.headers)
    expect(seen.body).toMatchObject({ status: 'closed', statusReason: null, linkedCases: [], patientCases: [] })
    const story = await call('GET', `/cases/${opened.body.id}/timeline`, undefined, ccas.headers)
    expect(JSON.stringify(story.body)).not.toMatch(/duplicate|merge/)
    expect(other.id).not.toBe(theirs)
  })
})

describe('a merge undone', () => {
  test('gives each record what it had; what came after stays with the kept one', async () => {
    const { one, other } = await twice()
    const early = await aGpSearch(tested, cptsId, { patientId: other.id, status: 'eligible', registeredAt: days(-90) })
    const late = await aGpSearch(tested, cptsId, { patientId: one.id, registeredAt: days(-3) })
    const old = await aGpSearch(tested, cptsId, { patientId: other.id, status: 'closed', isOpen: false })
    const [before, beforeOther] = [await record(one.id), await record(other.id)]
    const made = await merge(one.id, other.id, {
      fromOther: ['email', 'firstName', 'birthName', 'lastName'],
      keptSearchId: late.id,
    })
    await later(5)
    const care = await call('POST', '/unscheduled-cares', {
      patient: { id: other.id },
      channel: 'phone',
      consent: { givenAt: start.toISOString(), channel: 'oral', informedBy: 'Ana' },
      details: { reason: 'Fièvre' },
      redFlags: Object.fromEntries(redFlags.map((flag) => [flag, false])),
    })
    expect([care.status, care.body.patient?.id]).toEqual([201, one.id])
    const kept = await record(one.id)
    await prepare(tested, (tx) =>
      tx.execute(sql`update patients set email = 'nouvelle@exemple.fr' where cpts_id = ${cptsId} and id = ${kept.id}`),
    )
    const undone = await call('POST', `/patient-merges/${made.body.id}/undo`)
    expect(undone).toMatchObject({ status: 200, body: { undoUntil: null, undoneBy: expect.any(String) } })
    const [after, afterOther] = [await record(one.id), await record(other.id)]
    // All but what was corrected since, and the visit opened meanwhile.
    expect(after).toMatchObject({ birthName: before.birthName, firstName: before.firstName, phones: before.phones })
    expect(after.email).toBe('nouvelle@exemple.fr')
    const { version: _was, possibleDuplicates: _pairs, cases: _cases, ...same } = beforeOther
    expect(afterOther).toMatchObject(same)
    const references = ({ cases }: { cases: { reference: string }[] }) => cases.map(({ reference }) => reference).sort()
    expect(references(afterOther)).toEqual([early.reference, old.reference].sort())
    expect(references(after)).toEqual([late.reference, care.body.reference].sort())
    expect((await call('GET', `/gp-searches/${early.id}`)).body).toMatchObject({
      status: 'eligible',
      registeredAt: days(-90).toISOString(),
    })
    expect((await call('GET', `/gp-searches/${late.id}`)).body.registeredAt).toBe(days(-3).toISOString())
    expect(await found('larevre')).toEqual([other.id])
    expect(await found('larebvre')).toEqual([one.id])
    expect((await pairs()).length).toBe(1)
    expect((await call('POST', `/patient-merges/${made.body.id}/undo`)).body.code).toBe('merge-not-undoable')
  })

  test('thirty days later it stays', async () => {
    const { one, other } = await twice()
    const made = await merge(one.id, other.id)
    await later(30)
    expect((await call('POST', `/patient-merges/${made.body.id}/undo`)).body.code).toBe('merge-not-undoable')
    expect((await call('GET', '/patient-merges')).body.items).toMatchObject([{ id: made.body.id, undoUntil: null }])
  })

  test('one merge after the other is undone in the other order', async () => {
    const { one, other } = await twice()
    const first = await merge(one.id, other.id)
    const third = await aPatient(tested, cptsId, { birthName: 'Larebvre', firstName: 'Mathilde' })
    const second = await merge(third.id, one.id)
    expect(second.status).toBe(201)
    expect((await record(other.id)).id).toBe(third.id)
    expect(await found('larevre')).toEqual([third.id])
    expect((await call('POST', `/patient-merges/${first.body.id}/undo`)).body.code).toBe('merge-not-undoable')
    expect((await call('POST', `/patient-merges/${second.body.id}/undo`)).status).toBe(200)
    expect((await record(other.id)).id).toBe(one.id)
    expect(await found('larevre')).toEqual([one.id])
    expect((await call('POST', `/patient-merges/${first.body.id}/undo`)).status).toBe(200)
    expect((await record(other.id)).id).toBe(other.id)
  })
})

describe('a household', () => {
  const household = async (first: PatientId, second: PatientId) =>
    (
      await call('POST', '/gp-searches', {
        patient: { id: first },
        household: [{ patient: { id: second }, details: { hasLongTermCondition: true } }],
        channel: 'phone',
        consent: { givenAt: start.toISOString(), channel: 'oral', informedBy: 'Ana' },
        details: {},
      })
    ).body

  test('in which both records stood counts the person once, and twice again when undone', async () => {
    const { one, other } = await twice()
    const search = await household(one.id, other.id)
    expect(search.householdSize).toBe(2)
    const made = await merge(one.id, other.id)
    expect(made.status).toBe(201)
    expect((await call('GET', `/gp-searches/${search.id}`)).body).toMatchObject({ householdSize: 1, household: [] })
    await call('POST', `/patient-merges/${made.body.id}/undo`)
    expect((await call('GET', `/gp-searches/${search.id}`)).body).toMatchObject({
      householdSize: 2,
      household: [{ patientId: other.id, details: { hasLongTermCondition: true } }],
    })
  })

  test('goes on without whoever has another search', async () => {
    const { one, other } = await twice()
    const alone = await aGpSearch(tested, cptsId, { patientId: one.id, registeredAt: days(-40) })
    const partner = await aPatient(tested, cptsId, { birthName: 'Bessac', firstName: 'Odilon' })
    const together = await household(partner.id, other.id)
    expect((await merge(one.id, other.id, { keptSearchId: alone.id })).status).toBe(201)
    expect((await call('GET', `/gp-searches/${together.id}`)).body).toMatchObject({
      status: 'submitted',
      householdSize: 1,
      household: [],
    })
    expect((await call('GET', `/gp-searches/${alone.id}`)).body.status).toBe('submitted')
  })
})

describe('refused', () => {
  test('what somebody else changed meanwhile, and what was merged already', async () => {
    const { one, other } = await twice()
    const pair = await onlyPair()
    const body = await mergeBody(one.id, other.id)
    const stale = { ...body, seen: [body.seen[0] + 1, body.seen[1]] }
    expect((await call('POST', `/duplicates/${pair.id}/merge`, stale)).body.code).toBe('version-stale')
    const dismissal = { version: pair.version + 1 }
    expect((await call('POST', `/duplicates/${pair.id}/dismissal`, dismissal)).body.code).toBe('version-stale')
    expect((await call('POST', `/duplicates/${pair.id}/merge`, { ...body, keptId: crypto.randomUUID() })).status).toBe(
      422,
    )
    const answers = await Promise.all([1, 2].map(() => call('POST', `/duplicates/${pair.id}/merge`, body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  test('the other CPTS, and every other role', async () => {
    await twice()
    const pair = await onlyPair()
    const elsewhere = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
    expect((await call('GET', `/duplicates/${pair.id}`, undefined, elsewhere)).status).toBe(404)
    expect((await call('GET', '/duplicates', undefined, elsewhere)).body.items).toEqual([])
    for (const role of ['practitioner', 'requester', 'hospital_staff', 'administrator'] as const) {
      const { headers } = await someoneWho(tested, { cptsId, role })
      expect((await call('GET', `/duplicates/${pair.id}`, undefined, headers)).body.code).toBe('role-may-not')
    }
  })
})

test('every table that names a patient is known to the merge', async () => {
  const { rows } = await prepare(tested, (tx) =>
    tx.execute<{ name: string }>(sql`select distinct f.relname as name from pg_constraint k
      join pg_class f on f.oid = k.conrelid where k.contype = 'f' and k.confrelid = 'patients'::regclass order by 1`),
  )
  // Moved: cases and members. Rewritten: words and keys. The rest tells of records, merged or not; whoever reads a
  // registration or an identity goes on from the record that was kept.
  const known = [
    'cases',
    'duplicate_pairs',
    'gp_search_members',
    'patient_identities',
    'patient_match_keys',
    'patient_merges',
    'patient_search_tokens',
    'patients',
    'registrations',
  ]
  expect(rows.map(({ name }) => name)).toEqual(known)
})

test('nobody can be born in two ways: a birth date keeps its day', async () => {
  const one = await aPatient(tested, cptsId, {
    birthName: '🙂 Émo',
    firstName: 'Zoé',
    birthDate: DayDate.parse('1999-12-31'),
  })
  await aPatient(tested, cptsId, { birthName: 'Emo', firstName: 'Zoë', birthDate: DayDate.parse('1999-12-31') })
  const pair = await onlyPair()
  expect(pair.people.map(({ id }) => id)).toContain(one.id)
  expect((await call('GET', `/duplicates/${pair.id}`)).body.records[0].birthDate).toBe('1999-12-31')
})
