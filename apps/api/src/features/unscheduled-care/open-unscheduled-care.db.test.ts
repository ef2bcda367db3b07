import { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { type RedFlag, redFlags } from '@maillage/contracts/unscheduled-care'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aDescription, aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../test/builders/an-unscheduled-care.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'

type Headers = { authorization: string }

// A Monday, ten o'clock in Paris.
const monday = new Date('2026-06-08T08:00:00Z')
let tested: TestApp
let cptsId: CptsId
let ana: Headers
let requester: Headers

beforeAll(async () => {
  tested = await buildTestApp({ now: () => monday })
  cptsId = await aCpts(tested)
  ana = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  requester = (await someoneWho(tested, { cptsId, role: 'requester' })).headers
})

afterAll(async () => {
  await tested.close()
})

const post = (headers: Headers, payload: Record<string, unknown>) =>
  tested.app.inject({ method: 'POST', url: '/api/v1/unscheduled-cares', headers, payload })
const get = (headers: Headers, path: string) => tested.app.inject({ url: `/api/v1/unscheduled-cares${path}`, headers })

const flags = (...raised: RedFlag[]) => Object.fromEntries(redFlags.map((flag) => [flag, raised.includes(flag)]))
const consent = { givenAt: '2026-06-08T07:55:00.000Z', channel: 'oral', informedBy: 'Accueil' }
let people = 0
const two = (part: number) => String(part).padStart(2, '0')
/** Another day for each: the names are a letter apart, and a birth date in common would make them look alike. */
const aBirthday = (nth: number) => DayDate.parse(`1950-${two(1 + (nth % 12))}-${two(1 + (nth % 28))}`)
const anOpening = (over: Record<string, unknown> = {}) => {
  people += 1
  return {
    patient: aDescription({
      birthName: `Essai ${'abcdefghijklmnop'[people]}`,
      firstName: `Noa ${people}`,
      birthDate: aBirthday(people),
    }),
    consent,
    channel: 'phone',
    redFlags: flags(),
    details: { reason: 'Otite depuis hier soir', hasGp: false },
    ...over,
  }
}

test('a request is submitted, first in the queue, and waits for its triage', async () => {
  const opened = await post(ana, anOpening())
  expect(opened.statusCode).toBe(201)
  expect(opened.headers.location).toBe(`/api/v1/unscheduled-cares/${opened.json().id}`)
  expect(opened.json()).toMatchObject({
    status: 'submitted',
    kind: 'unscheduled-care',
    priority: { band: 'P1', rulesetVersion: 'unscheduled-care/1' },
    dueCode: 'triage',
    dueAt: '2026-06-08T08:15:00.000Z',
    level: null,
    guidance: [],
    outOfHoursAhead: false,
  })
  expect(opened.json().reference).toMatch(/^SNP-2026-\d{4}$/)
})

test('« peut attendre 48 h » leaves the triage four hours, and stays first until then', async () => {
  const { status, ...asked } = (await post(requester, anOpening({ requestedLevel: 'U3' }))).json()
  expect(status).toBe('submitted')
  expect(asked).toMatchObject({ level: 'U3', basis: 'requester', priority: { band: 'P1' } })
  expect(asked.dueAt).toBe('2026-06-08T12:00:00.000Z')
})

test('without a red flag, the consent is required', async () => {
  const { consent: _none, ...payload } = anOpening()
  const refused = await post(ana, payload)
  expect(refused.statusCode).toBe(422)
  expect(refused.json().errors).toEqual([{ pointer: '/consent', code: 'required' }])
})

test('every sign is asked: an answer left out is refused', async () => {
  const { confusion: _unasked, ...incomplete } = flags()
  expect((await post(ana, anOpening({ redFlags: incomplete }))).statusCode).toBe(422)
})

test('a red flag answers with the numbers to call, asks nothing more and keeps what calling back takes', async () => {
  const { consent: _none, ...payload } = anOpening({
    redFlags: flags('chest_pain'),
    patient: aDescription({
      birthName: 'Alerte',
      email: 'alerte@essai.example',
      phones: ['+33639981234'],
      address: { municipality: '33063', line: '1 rue de l’Essai', postalCode: '33000' },
    }),
    details: { reason: 'Douleur dans la poitrine', callerName: 'Sa voisine', since: 'une heure' },
  })
  const opened = await post(ana, payload)
  expect(opened.statusCode).toBe(201)
  expect(opened.json()).toMatchObject({
    status: 'redirected',
    statusReason: 'emergency_15',
    guidance: ['15', '112', '114'],
    redFlags: ['chest_pain'],
    details: { reason: 'Douleur dans la poitrine' },
    consent: null,
    dueAt: null,
  })
  expect(opened.json().details).toEqual({ reason: 'Douleur dans la poitrine' })
  const executable = opened
    .json()
    .allowedActions.filter((entry: { disabledBecause?: string }) => !entry.disabledBecause)
  expect(executable).toEqual([])
  const [kept] = await prepare(tested, (tx) => tx.select().from(patients).where(eq(patients.birthName, 'Alerte')))
  expect(kept).toMatchObject({ phones: ['+33639981234'], email: null, addressLine: null, postalCode: null })
})

test('suicidal intent adds the 3114', async () => {
  const opened = await post(requester, anOpening({ redFlags: flags('suicidal_intent'), consent: undefined }))
  expect(opened.json().guidance).toEqual(['15', '112', '114', '3114'])
})

test('a look-alike never stands between a red flag and the 15', async () => {
  const twice = aDescription({ birthName: 'Sosie', firstName: 'Lou', birthDate: DayDate.parse('1990-01-01') })
  await aPatient(tested, cptsId, twice)
  expect((await post(ana, anOpening({ patient: twice }))).json().code).toBe('duplicate-suspected')
  const flagged = await post(ana, anOpening({ patient: twice, redFlags: flags('confusion') }))
  expect(flagged.json()).toMatchObject({ status: 'redirected', guidance: ['15', '112', '114'] })
})

test('a ward opens for its own unit, and its colleagues follow the request', async () => {
  const { unitId } = await aUnit(tested, cptsId)
  const nurse = await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })
  const colleague = await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })
  const stranger = await someoneWho(tested, { cptsId, role: 'hospital_staff' })
  const opened = (await post(nurse.headers, anOpening({ channel: 'hospital' }))).json()
  expect((await get(colleague.headers, `/${opened.id}`)).json().id).toBe(opened.id)
  expect((await get(stranger.headers, `/${opened.id}`)).statusCode).toBe(404)
})

test('somebody of two wards says for which, and never for another', async () => {
  const [one, two] = [await aUnit(tested, cptsId), await aUnit(tested, cptsId)]
  const unitIds = [one.unitId, two.unitId]
  const nurse = await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds })
  expect((await post(nurse.headers, anOpening())).json().errors).toEqual([{ pointer: '/unitId', code: 'required' }])
  const other = await aUnit(tested, cptsId)
  const wrong = await post(nurse.headers, anOpening({ unitId: other.unitId }))
  expect(wrong.json().errors).toEqual([{ pointer: '/unitId', code: 'unknown' }])
  expect((await post(nurse.headers, anOpening({ unitId: two.unitId }))).statusCode).toBe(201)
  const flagged = await post(nurse.headers, anOpening({ redFlags: flags('breathlessness') }))
  expect(flagged.json().status).toBe('redirected')
})

test('whoever asks follows their own requests and nobody else’s', async () => {
  const own = (await post(requester, anOpening())).json()
  const foreign = await anUnscheduledCare(tested, cptsId)
  const listed = (await get(requester, '')).json().items.map(({ id }: { id: string }) => id)
  expect(listed).toContain(own.id)
  expect(listed).not.toContain(foreign.id)
  expect((await get(requester, `/${foreign.id}`)).statusCode).toBe(404)
})

test('the neighbouring CPTS sees nothing, and an administrator no request at all', async () => {
  const row = await anUnscheduledCare(tested, cptsId)
  const neighbour = await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })
  expect((await get(neighbour.headers, `/${row.id}`)).statusCode).toBe(404)
  expect((await get(neighbour.headers, '')).json().items).toEqual([])
  const administrator = await someoneWho(tested, { cptsId, role: 'administrator' })
  expect((await get(administrator.headers, `/${row.id}`)).statusCode).toBe(403)
})

test('opening and reading a request leave their trace', async () => {
  const { id } = (await post(ana, anOpening())).json()
  await get(ana, `/${id}`)
  const trail = await prepare(tested, (tx) => tx.select().from(auditEntries).where(eq(auditEntries.caseId, id)))
  expect(trail.map(({ action }) => action)).toEqual(['unscheduled-care.open', 'unscheduled-care.read'])
})

test('the same key opens one request', async () => {
  const headers = { ...ana, 'idempotency-key': 'one-request-only' }
  const payload = anOpening()
  const first = await post(headers, payload)
  expect((await post(headers, payload)).json().id).toBe(first.json().id)
})
