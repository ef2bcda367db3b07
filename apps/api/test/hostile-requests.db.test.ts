import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { newId, PatientId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cases } from '../src/kernel/tables/case.table.ts'
import { accounts, memberships } from '../src/kernel/tables/cpts.table.ts'
import { patients } from '../src/kernel/tables/patient.table.ts'
import { proposals } from '../src/kernel/tables/proposal.table.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aGpSearch } from './builders/a-gp-search.ts'
import { aDischargeRequest, aHospitalDischarge, aNeed, dischargeDetails } from './builders/a-hospital-discharge.ts'
import { aDescription, aPatient } from './builders/a-patient.ts'
import { aPractitioner } from './builders/a-practitioner.ts'
import { aRound } from './builders/a-round.ts'
import { aCpts, aUnit, someoneWho, testPassword } from './builders/accounts.ts'
import { anUnscheduledCare } from './builders/an-unscheduled-care.ts'
import { prepare } from './builders/as-owner.ts'

const now = new Date('2026-03-02T12:00:00.000Z')
const consent = { givenAt: now.toISOString(), channel: 'oral', informedBy: 'Coordination' } as const

async function aTerritory(app: TestApp) {
  const cptsId = await aCpts(app)
  const { unitId } = await aUnit(app, cptsId)
  const practitionerId = await aPractitioner(app, cptsId, { profession: 'nurse', isGeneralPractitioner: false })
  const physicianId = await aPractitioner(app, cptsId)
  const coordinator = await someoneWho(app, { cptsId, role: 'coordinator' })
  const ward = await someoneWho(app, { cptsId, role: 'hospital_staff', unitIds: [unitId] })
  const practitioner = await someoneWho(app, { cptsId, role: 'practitioner', practitionerId: physicianId })
  const requester = await someoneWho(app, { cptsId, role: 'requester' })
  const search = await aGpSearch(app, cptsId, { status: 'eligible' })
  const care = await anUnscheduledCare(app, cptsId, { status: 'triaged' })
  const free = await aGpSearch(app, cptsId, { status: 'eligible' })
  const { row: discharge, needIds } = await aHospitalDischarge(app, cptsId, unitId)
  const [proposal] = await aRound(app, cptsId, search.id, [physicianId])
  if (!proposal || !needIds[0]) throw new Error('The territory is not whole')
  const patient = await aPatient(app, cptsId)
  const people = { coordinator, ward, practitioner, requester }
  return {
    cptsId,
    unitId,
    practitionerId,
    physicianId,
    ...people,
    search,
    free,
    care,
    discharge,
    needId: needIds[0],
    proposal,
    patient,
  }
}

let tested: TestApp
let ours: Awaited<ReturnType<typeof aTerritory>>
let theirs: Awaited<ReturnType<typeof aTerritory>>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  ours = await aTerritory(tested)
  theirs = await aTerritory(tested)
})

afterAll(async () => {
  await tested.close()
})

type Request = InjectOptions & { headers?: Record<string, string> }

const send = async (request: Request, headers: Record<string, string> = ours.coordinator.headers) => {
  const answer = await tested.app.inject({ ...request, headers: { ...headers, ...request.headers } })
  return { status: answer.statusCode, code: answer.statusCode >= 400 ? answer.json().code : undefined, answer }
}
const post = (url: string, payload: object, headers?: Record<string, string>) =>
  send({ method: 'POST', url: `/api/v1${url}`, payload }, headers)
const put = (url: string, payload: object, headers?: Record<string, string>) =>
  send({ method: 'PUT', url: `/api/v1${url}`, payload }, headers)
const get = (url: string, headers?: Record<string, string>) => send({ url: `/api/v1${url}` }, headers)

/** All that an attack could change, in both territories. */
const everything = () =>
  prepare(tested, async (tx) => ({
    cases: await tx.select().from(cases).orderBy(cases.id),
    patients: await tx.select().from(patients).orderBy(patients.id),
    proposals: await tx.select().from(proposals).orderBy(proposals.id),
  }))

describe('nothing of another CPTS can be read, moved or named', () => {
  let before: Awaited<ReturnType<typeof everything>>
  beforeAll(async () => {
    before = await everything()
  })

  test('a path that leads to their cases, people and proposals leads nowhere, and changes nothing', async () => {
    const { search, care, discharge, needId, proposal, patient, physicianId } = theirs
    const version = 1
    const reads = [
      `/gp-searches/${search.id}`,
      `/gp-searches/${search.id}/candidates`,
      `/unscheduled-cares/${care.id}`,
      `/hospital-discharges/${discharge.id}`,
      `/cases/${search.id}/timeline`,
      `/cases/${search.id}/reminders`,
      `/patients/${patient.id}`,
      `/practitioners/${physicianId}`,
      `/practitioners/${physicianId}/intake-capacity`,
      `/practitioners/${physicianId}/absences`,
      `/proposals/${proposal.id}`,
    ]
    for (const url of reads) expect([url, (await get(url)).status]).toEqual([url, 404])
    const writes: [string, object][] = [
      [`/gp-searches/${search.id}/moves`, { action: 'resume', version }],
      [`/gp-searches/${search.id}/proposals`, { mode: 'direct', practitionerIds: [ours.physicianId], version }],
      [`/unscheduled-cares/${care.id}/moves`, { action: 'redirect', reason: 'emergency_15', version }],
      [`/unscheduled-cares/${care.id}/gp-search`, { version }],
      [`/hospital-discharges/${discharge.id}/moves`, { action: 'start', version }],
      [`/hospital-discharges/${discharge.id}/needs`, { need: aNeed(), version }],
      [`/hospital-discharges/${discharge.id}/needs/${needId}/moves`, { action: 'mark-unmet', version }],
      [`/hospital-discharges/${ours.discharge.id}/needs/${needId}/moves`, { action: 'mark-unmet', version }],
      [`/cases/${search.id}/notes`, { text: 'essai' }],
      [`/cases/${search.id}/contact-attempts`, { channel: 'phone', result: 'reached', with: 'patient' }],
      [`/cases/${search.id}/reminders`, { dueAt: '2026-03-03T12:00:00Z', text: 'essai' }],
      [`/proposals/${proposal.id}/withdrawal`, { version }],
      [
        `/proposals/${proposal.id}/decline`,
        { version, reason: 'too_far', onBehalf: { channel: 'phone', spokenTo: 'x' } },
      ],
      [`/practitioners/${physicianId}/absences`, { from: '2026-03-03', until: '2026-03-04' }],
    ]
    for (const [url, body] of writes) expect([url, (await post(url, body)).status]).toEqual([url, 404])
    const replaced: [string, object][] = [
      [`/gp-searches/${search.id}/details`, { details: {}, version }],
      [`/cases/${search.id}/owner`, { ownerId: null, version }],
      [`/cases/${search.id}/priority`, { band: null, reason: 'essai', version }],
      [`/patients/${patient.id}`, { ...aDescription(), version }],
      [`/practitioners/${physicianId}`, { practicePhone: null, version }],
    ]
    for (const [url, body] of replaced) expect([url, (await put(url, body)).status]).toEqual([url, 404])
    expect(await everything()).toEqual(before)
  })

  test('an identifier of theirs in a body is unknown, and nothing is written', async () => {
    const details = dischargeDetails(ours.unitId, now)
    const usualTeam = [{ profession: 'nurse' as const, name: 'Sacha Essai', practitionerId: theirs.practitionerId }]
    const opening = { consent, channel: 'phone', details: {} }
    const { discharge } = ours
    const refused = [
      await post('/gp-searches', { ...opening, patient: { id: theirs.patient.id } }),
      await post('/gp-searches', {
        ...opening,
        patient: aDescription({ firstName: 'Ambre' }),
        household: [{ patient: { id: theirs.patient.id }, details: {} }],
      }),
      await post(`/gp-searches/${ours.free.id}/proposals`, {
        mode: 'direct',
        practitionerIds: [theirs.physicianId],
        version: 1,
      }),
      await post(`/unscheduled-cares/${ours.care.id}/moves`, {
        action: 'book',
        practitionerId: theirs.physicianId,
        appointmentAt: '2026-03-03T09:00:00Z',
        version: 1,
      }),
      await post(`/hospital-discharges/${discharge.id}/proposals`, {
        mode: 'direct',
        practitionerIds: [ours.practitionerId],
        needId: theirs.needId,
        version: 1,
      }),
      await post(`/hospital-discharges/${discharge.id}/needs`, {
        need: aNeed({ preferredPractitionerId: theirs.practitionerId }),
        version: 1,
      }),
      await put(`/hospital-discharges/${discharge.id}/needs/${ours.needId}`, {
        need: aNeed({ preferredPractitionerId: theirs.practitionerId }),
        version: 1,
      }),
      await put(`/hospital-discharges/${discharge.id}/details`, { details: { ...details, usualTeam }, version: 1 }),
      await put(`/hospital-discharges/${discharge.id}/details`, {
        details: { ...details, unitId: theirs.unitId },
        version: 1,
      }),
      await post(
        '/hospital-discharges',
        aDischargeRequest(ours.unitId, now, { details: { ...details, usualTeam } }),
        ours.ward.headers,
      ),
      await post('/hospital-discharges', aDischargeRequest(theirs.unitId, now), ours.ward.headers),
      await post('/hospital-discharges', aDischargeRequest(theirs.unitId, now)),
      await put(`/cases/${ours.search.id}/owner`, { ownerId: theirs.coordinator.accountId, version: 1 }),
      await post(`/cases/${ours.search.id}/reminders`, {
        dueAt: '2026-03-03T12:00:00Z',
        text: 'essai',
        assigneeId: theirs.coordinator.accountId,
      }),
      await post('/sessions/current/membership', { membershipId: theirs.coordinator.membershipId }),
    ]
    expect(refused.map(({ status, code }) => [status, code])).toEqual(refused.map(() => [422, 'invalid-field']))
    expect(await everything()).toEqual(before)
  })

  test('a ward learns nothing of a patient by their id, and a practitioner nothing of a case offered to them', async () => {
    const opening = { consent, channel: 'hospital', details: {} }
    const known = await post(
      '/hospital-discharges',
      {
        ...aDischargeRequest(ours.unitId, now),
        ...opening,
        details: dischargeDetails(ours.unitId, now),
        patient: { id: ours.patient.id },
      },
      ours.ward.headers,
    )
    const unknown = await post(
      '/hospital-discharges',
      { ...aDischargeRequest(ours.unitId, now), patient: { id: newId(PatientId) } },
      ours.ward.headers,
    )
    expect(known.answer.json().errors).toEqual(unknown.answer.json().errors)
    const { headers } = ours.practitioner
    for (const url of [
      `/gp-searches/${ours.search.id}`,
      `/cases/${ours.search.id}/timeline`,
      `/cases?reference=${ours.search.reference}`,
    ]) {
      expect([url, (await get(url, headers)).status]).toEqual([url, 404])
    }
  })
})

describe('a cursor is taken back where it was given, and nowhere else', () => {
  const forged = (keys: unknown) => Buffer.from(JSON.stringify(keys)).toString('base64url')
  const lists = ['/gp-searches', '/worklist', '/practitioners', '/proposals', '/audit-entries']
  const cursors = [
    'x',
    '\0',
    forged(null),
    forged({}),
    forged(['0000-01-01T00:00:00Z', newId(PatientId)]),
    forged(['9999-12-31T23:59:59.999Z', newId(PatientId)]),
    forged(['queue', '0001-01-01T00:00:00Z', 1, '0001-01-01T00:00:00Z', newId(PatientId)]),
    forged([newId(PatientId)]),
    forged([{ toString: 'x' }, 1]),
    'A'.repeat(501),
  ]
  test.each(lists)('%s', async (list) => {
    for (const cursor of cursors) {
      const { status, answer } = await get(`${list}?cursor=${encodeURIComponent(cursor)}`)
      expect([cursor, [200, 422].includes(status)]).toEqual([cursor, true])
      if (status === 200) expect(JSON.stringify(answer.json())).not.toContain(theirs.search.id)
    }
    for (const query of ['limit=0', 'limit=201', 'limit=NaN', 'limit=1&limit=2', 'limit=1e999', 'limit=']) {
      expect([query, (await get(`${list}?${query}`)).code]).toEqual([query, 'invalid-field'])
    }
    for (const query of ['__proto__=x', 'constructor=x', '%00=%00', 'limit[]=5', '&&&=&']) {
      expect([query, [200, 422].includes((await get(`${list}?${query}`)).status)]).toEqual([query, true])
    }
  })
})

describe('what is no request of ours is refused as such', () => {
  const raw = (payload: string | Buffer, type = 'application/json', headers: Record<string, string> = {}) =>
    send({ method: 'POST', url: '/api/v1/patients/search', payload, headers: { 'content-type': type, ...headers } })

  test('bodies', async () => {
    expect((await raw('{"q":')).code).toBe('malformed-request')
    expect((await raw('')).code).toBe('malformed-request')
    expect((await raw('{"q":"essai","__proto__":{"limit":1}}')).code).toBe('malformed-request')
    expect((await raw('{"q":"essai","constructor":{"prototype":{}}}')).status).toBeLessThan(500)
    expect((await raw('{"q":"xx","q":"essai"}')).status).toBe(200)
    expect((await raw('['.repeat(200_000))).code).toBe('malformed-request')
    expect((await raw(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).code).toBe('invalid-field')
    expect((await raw(Buffer.alloc(10_000_000, 'x'))).code).toBe('too-large')
    expect((await raw(Buffer.from([0xff, 0xfe, 0x22]))).code).toBe('malformed-request')
    expect((await raw('{"q":"essai"}', 'text/plain')).status).toBeGreaterThanOrEqual(415)
    expect((await raw('{"q":"essai"}', 'application/xml')).code).toBe('unsupported-media-type')
    expect((await raw('q=essai', 'application/x-www-form-urlencoded')).code).toBe('unsupported-media-type')
    expect((await raw('{"q":"essai"}', 'application/json', { 'content-encoding': 'gzip' })).status).toBeLessThan(500)
  })

  test('a draft as deep as its size allows', async () => {
    const depth = 60_000
    const payload = `{"content":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`
    const headers = { 'content-type': 'application/json' }
    const { code } = await send({ method: 'PUT', url: '/api/v1/drafts/gp-search', payload, headers })
    expect(code).toBe('invalid-field')
  })

  test('methods and addresses', async () => {
    const url = `/api/v1/gp-searches/${ours.search.id}`
    const override = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' }
    expect((await send({ method: 'POST', url: `${url}?_method=DELETE`, headers: override, payload: {} })).status).toBe(
      404,
    )
    for (const method of ['DELETE', 'PATCH', 'OPTIONS'] as const) {
      expect([method, (await send({ method, url })).status]).toEqual([method, 404])
    }
    for (const path of ['%E0%A4%A', '%00', '..%2f..%2fme', 'x'.repeat(300), '%', 'null', '1 or 1=1']) {
      const { status } = await send({ url: `/api/v1/gp-searches/${path}` })
      expect([path, [400, 404].includes(status)]).toEqual([path, true])
    }
  })
})

describe('a key that makes a request safe to send twice', () => {
  const opening = (firstName: string) => ({
    patient: aDescription({ firstName }),
    consent,
    channel: 'phone',
    details: {},
  })
  const keyed = (key: string, body: object, headers = ours.coordinator.headers) =>
    send({ method: 'POST', url: '/api/v1/gp-searches', payload: body, headers: { 'idempotency-key': key } }, headers)

  test('opens one case for three requests at once, and refuses another body', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => keyed('une-seule-fois', opening('Noa'))))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers.map(({ answer }) => answer.json().id)).size).toBe(1)
    expect((await keyed('une-seule-fois', opening('Lou'))).code).toBe('idempotency-conflict')
  })

  test('is nobody else’s', async () => {
    const mine = await keyed('cle-partagee', opening('Maé'))
    const other = await keyed('cle-partagee', opening('Maé'), theirs.coordinator.headers)
    expect([mine.status, other.status]).toEqual([201, 201])
    expect(other.answer.json().id).not.toBe(mine.answer.json().id)
    for (const key of ['court', 'é'.repeat(10), 'x'.repeat(201)]) {
      expect([key, (await keyed(key, opening('Ina'))).code]).toEqual([key, 'invalid-field'])
    }
  })
})

describe('a token', () => {
  const parts = () => ours.requester.headers.authorization.replace('Bearer ', '').split('.')
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const decoded = (part: string | undefined) => JSON.parse(Buffer.from(String(part), 'base64url').toString())
  const worth = async (token: string) => (await get('/worklist', { authorization: `Bearer ${token}` })).code
  const claims = () => {
    const own = decoded(parts()[1])
    return { ...own, hat: { ...own.hat, role: 'coordinator', cptsId: theirs.cptsId } }
  }

  test('that says more than it was given is no token', async () => {
    const [header, , signature] = parts()
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const said = `${header}.${encoded(claims())}`
    const forged = sign('sha256', Buffer.from(said), { key: foreign.privateKey, dsaEncoding: 'ieee-p1363' })
    const symmetric = `${encoded({ ...decoded(header), alg: 'HS256' })}.${encoded(claims())}`
    const tokens = [
      `${said}.${signature}`,
      `${said}.`,
      `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims())}.`,
      `${encoded({ ...decoded(header), alg: 'none' })}.${encoded(claims())}.`,
      `${encoded({ ...decoded(header), kid: 'inconnu' })}.${parts()[1]}.${signature}`,
      `${encoded({ ...decoded(header), kid: "' or 1=1" })}.${parts()[1]}.${signature}`,
      `${encoded({ ...decoded(header), kid: '\0' })}.${parts()[1]}.${signature}`,
      `${encoded({ ...decoded(header), kid: 7 })}.${parts()[1]}.${signature}`,
      `${said}.${forged.toString('base64url')}`,
      `${symmetric}.${createHmac('sha256', 'essai').update(symmetric).digest('base64url')}`,
      'x',
      'x.y.z',
      `${Buffer.from('null').toString('base64url')}.${parts()[1]}.${signature}`,
      'é',
      `${'x'.repeat(9000)}`,
    ]
    for (const token of tokens)
      expect([token.slice(0, 60), await worth(token)]).toEqual([token.slice(0, 60), 'not-signed-in'])
    for (const authorization of ['Bearer', 'Basic eDp5', 'Bearer  ', ' ']) {
      expect([authorization, (await get('/worklist', { authorization })).status]).toEqual([authorization, 401])
    }
  })

  test('outlives its role by its own ten minutes at most: the next one has none', async () => {
    const someone = await someoneWho(tested, { cptsId: ours.cptsId, role: 'coordinator' })
    const [account] = await prepare(tested, (tx) =>
      tx.select().from(accounts).where(eq(accounts.id, someone.accountId)),
    )
    const payload = { email: account?.email, password: testPassword }
    const opened = await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })
    const refresh = (cookie: string) =>
      tested.app.inject({
        method: 'POST',
        url: '/api/v1/sessions/refresh',
        headers: { cookie, 'sec-fetch-site': 'same-origin' },
      })
    const cookieOf = (answer: typeof opened) => String(answer.headers['set-cookie']).split(';')[0] ?? ''
    await prepare(tested, (tx) =>
      tx.update(memberships).set({ endedAt: now }).where(eq(memberships.id, someone.membershipId)),
    )
    const next = await refresh(cookieOf(opened))
    expect((await get('/worklist', { authorization: `Bearer ${next.json().accessToken}` })).code).toBe('role-may-not')
    await prepare(tested, (tx) =>
      tx.update(accounts).set({ disabledAt: now }).where(eq(accounts.id, someone.accountId)),
    )
    expect((await refresh(cookieOf(next))).json().code).toBe('session-ended')
    expect((await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })).json().code).toBe(
      'wrong-credentials',
    )
  })
})

describe('a household sought together', () => {
  test('is not named in a note before acceptance, nobody of it', async () => {
    const [one, other] = [aDescription({ firstName: 'Solal' }), aDescription({ firstName: 'Thaïs' })]
    const opening = {
      consent,
      channel: 'phone',
      details: {},
      patient: one,
      household: [{ patient: other, details: {} }],
    }
    const opened = await post('/gp-searches', opening)
    const { id } = opened.answer.json()
    const qualified = await post(`/gp-searches/${id}/moves`, { action: 'qualify', version: 1 })
    const offer = { mode: 'direct', practitionerIds: [ours.physicianId], version: qualified.answer.json().version }
    const named = await post(`/gp-searches/${id}/proposals`, { ...offer, previewNote: 'thais attend un appel' })
    expect(named.code).toBe('identity-in-preview')
    const sent = await post(`/gp-searches/${id}/proposals`, { ...offer, previewNote: 'Deux personnes âgées' })
    expect(sent.status).toBe(201)
    const read = await get(`/proposals/${sent.answer.json().items[0].id}`, ours.practitioner.headers)
    expect(read.answer.json()).toMatchObject({ contact: null, caseId: null, preview: { householdSize: 2 } })
    expect(read.answer.body).not.toMatch(/Solal|Thaïs|Exemple|1950-06-15|lastName|firstName|birthDate|phones/)
  })

  let household: { patient: { id: PatientId }; details: object }[]
  beforeEach(async () => {
    household = [{ patient: { id: (await aPatient(tested, ours.cptsId)).id }, details: {} }]
  })

  test('names nobody twice', async () => {
    const patient = { id: (await aPatient(tested, ours.cptsId)).id }
    const opening = { consent, channel: 'phone', details: {}, patient }
    const twice = await post('/gp-searches', { ...opening, household: [...household, ...household] })
    const oneself = await post('/gp-searches', { ...opening, household: [{ patient, details: {} }] })
    expect(twice.answer.json().errors).toEqual([{ pointer: '/household/1/patient/id', code: 'repeated' }])
    expect(oneself.answer.json().errors).toEqual([{ pointer: '/household/0/patient/id', code: 'repeated' }])
    expect((await post('/gp-searches', { ...opening, household })).status).toBe(201)
  })
})
