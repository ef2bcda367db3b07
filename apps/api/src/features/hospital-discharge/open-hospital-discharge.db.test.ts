import type { OpenHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { DayDate } from '@maillage/contracts/kit/dates'
import { type CptsId, newId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aDischargeRequest, aNeed, dischargeDetails } from '../../../test/builders/a-hospital-discharge.ts'
import { aDescription, aPatient } from '../../../test/builders/a-patient.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, aMembership, anAccount, aUnit, signedIn, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { organizations } from '../../kernel/tables/cpts.table.ts'

const now = new Date('2026-03-10T09:00:00Z')
const ajaccio = { municipality: '2A004', postalCode: '20000' }

let tested: TestApp
let cptsId: CptsId
let unitId: UnitId
let ward: Record<string, string>
let coordinator: Record<string, string>

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  unitId = (await aUnit(tested, cptsId)).unitId
  ward = (await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })).headers
  coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
})
afterAll(() => tested.close())

let count = 0
const two = (part: number) => String(part).padStart(2, '0')
/** Another day for each: the names are a letter apart, and a birth date in common would make them look alike. */
const aBirthday = (nth: number) => DayDate.parse(`1950-${two(1 + (nth % 12))}-${two(1 + (nth % 28))}`)
/** Somebody else each time: nobody here is to look like another. */
const somebody = (over: Parameters<typeof aDescription>[0] = {}) => {
  count += 1
  return aDescription({
    birthName: `Patiente ${'abcdefghijklmnopqrstuvwxyz'[count % 26]}${count}`,
    firstName: `Prénom ${count}`,
    birthDate: aBirthday(count),
    ...over,
  })
}

const open = async (headers: Record<string, string>, over: Partial<OpenHospitalDischarge> = {}) => {
  const payload = aDischargeRequest(unitId, now, { patient: somebody(), ...over })
  return await tested.app.inject({ method: 'POST', url: '/api/v1/hospital-discharges', headers, payload })
}
const detailsOf = (over: Parameters<typeof dischargeDetails>[2]) => dischargeDetails(unitId, now, over)

const refusal = (answer: {
  statusCode: number
  json(): { code: string; errors?: { pointer: string; code: string }[] }
}) => {
  const { code, errors = [] } = answer.json()
  return [answer.statusCode, code, ...errors.flatMap((error) => [error.pointer, error.code])]
}

describe('a ward opens a discharge', () => {
  test('it is submitted, with its needs, its clock and its priority', async () => {
    const answer = await open(ward, { needs: [aNeed(), aNeed({ type: 'meals', vital: false })] })
    expect(answer.statusCode).toBe(201)
    const discharge = answer.json()
    expect(answer.headers.location).toBe(`/api/v1/hospital-discharges/${discharge.id}`)
    expect(discharge).toMatchObject({
      kind: 'hospital-discharge',
      status: 'submitted',
      reference: expect.stringMatching(/^SH-2026-\d{4}$/),
      dueCode: 'acknowledge',
      dueAt: '2026-03-10T13:00:00.000Z',
      unit: { id: unitId, name: 'Médecine interne', organization: 'Hôpital d’essai' },
      priority: { band: 'P4', rulesetVersion: 'hospital-discharge/1', contributions: [] },
      proposals: [],
      linkedCases: [],
    })
    expect(discharge.needs).toMatchObject([
      { type: 'home-nurse', profession: 'nurse', status: 'open', coveredBy: null },
      { type: 'meals', profession: null, status: 'open' },
    ])
    const [row] = await prepare(tested, (tx) => tx.select().from(cases).where(eq(cases.id, discharge.id)))
    expect(row?.coverage.map(({ type, status }) => [type, status])).toEqual([
      ['home-nurse', 'open'],
      ['meals', 'open'],
    ])
  })

  test('the coordinator reads why it presses; the ward sees it in its list', async () => {
    const { id } = (await open(ward, { details: detailsOf({ hoursLeft: 20, gir: 2, livesAlone: true }) })).json()
    const read = await tested.app.inject({ url: `/api/v1/hospital-discharges/${id}`, headers: coordinator })
    expect(read.json().priority).toMatchObject({ band: 'P1', score: 65 })
    expect(read.json().priority.contributions).toHaveLength(3)
    const listed = await tested.app.inject({ url: '/api/v1/hospital-discharges?limit=200', headers: ward })
    expect(listed.json().items.map((item: { id: string }) => item.id)).toContain(id)
  })

  test('a patient without médecin traitant gets a search, linked and with the points of a discharge', async () => {
    const { id } = (await open(ward, { details: detailsOf({ hasGp: false }) })).json()
    const read = await tested.app.inject({ url: `/api/v1/hospital-discharges/${id}`, headers: coordinator })
    expect(read.json().linkedCases).toMatchObject([{ kind: 'gp-search', status: 'submitted' }])
    const [link] = read.json().linkedCases
    const search = await tested.app.inject({ url: `/api/v1/gp-searches/${link.id}`, headers: coordinator })
    expect(search.json().priority.contributions).toContainEqual(
      expect.objectContaining({ factor: 'discharge', points: 20 }),
    )
  })

  test('a draft asks for nothing, and is submitted once it holds a need', async () => {
    const draft = (await open(ward, { submit: false, needs: [], consent: undefined })).json()
    expect([draft.status, draft.dueAt]).toEqual(['draft', null])
    const url = `/api/v1/hospital-discharges/${draft.id}`
    const consent = aDischargeRequest(unitId, now).consent
    const submit = (version: number) =>
      tested.app.inject({
        method: 'POST',
        url: `${url}/moves`,
        headers: ward,
        payload: { action: 'submit', version, consent },
      })
    expect(refusal(await submit(draft.version))).toEqual([409, 'not-enough-needs'])
    const payload = { need: aNeed(), version: draft.version }
    const added = await tested.app.inject({ method: 'POST', url: `${url}/needs`, headers: ward, payload })
    expect([added.statusCode, added.json().status]).toEqual([201, 'draft'])
    const submitted = await submit(added.json().version)
    expect([submitted.statusCode, submitted.json().status]).toEqual([200, 'submitted'])
  })

  test('nobody outside learns that a look-alike is known', async () => {
    const patient = somebody()
    await aPatient(tested, cptsId, patient)
    const answer = await open(ward, { patient })
    expect(answer.statusCode).toBe(201)
    expect(refusal(await open(coordinator, { patient }))).toEqual([409, 'duplicate-suspected'])
  })
})

describe('what is refused', () => {
  test('a submission without need, without consent, or of a patient who was not told', async () => {
    expect(refusal(await open(ward, { needs: [] }))).toEqual([409, 'not-enough-needs'])
    expect(refusal(await open(ward, { consent: undefined }))).toEqual([422, 'invalid-field', '/consent', 'required'])
    const untold = await open(ward, { details: detailsOf({ patientInformed: false }) })
    expect(refusal(untold)).toEqual([422, 'invalid-field', '/details/patientInformed', 'required'])
  })

  test('a ward that is not one’s own, or that does not exist', async () => {
    const other = (await aUnit(tested, cptsId, 'Chirurgie')).unitId
    for (const wrong of [other, newId(UnitId)]) {
      const answer = await open(ward, { details: { ...detailsOf({}), unitId: wrong } })
      expect(refusal(answer)).toEqual([422, 'invalid-field', '/details/unitId', 'unknown'])
    }
    const unknown = await open(coordinator, { details: { ...detailsOf({}), unitId: newId(UnitId) } })
    expect(refusal(unknown)).toEqual([422, 'invalid-field', '/details/unitId', 'unknown'])
  })

  test('a patient named by id, which is the coordinators’ way', async () => {
    const known = await aPatient(tested, cptsId, somebody())
    expect(refusal(await open(ward, { patient: { id: known.id } }))[0]).toBe(422)
    const opened = await open(coordinator, { patient: { id: known.id } })
    expect(opened.statusCode).toBe(201)
    expect(refusal(await open(coordinator, { patient: { id: known.id } }))).toEqual([409, 'already-open'])
  })

  test('a date that is over, and people whom the directory does not know', async () => {
    const past = await open(ward, { details: detailsOf({ hoursLeft: -1 }) })
    expect(refusal(past)).toEqual([422, 'invalid-field', '/details/expectedDischargeAt', 'past'])
    const stranger = newId(PractitionerId)
    const preferred = await open(ward, { needs: [aNeed(), aNeed({ preferredPractitionerId: stranger })] })
    expect(refusal(preferred)).toEqual([422, 'invalid-field', '/needs/1/preferredPractitionerId', 'unknown'])
    const usualTeam = [{ profession: 'nurse' as const, name: 'Alix Essai', practitionerId: stranger }]
    const team = await open(ward, { details: detailsOf({ usualTeam }) })
    expect(refusal(team)).toEqual([422, 'invalid-field', '/details/usualTeam/0/practitionerId', 'unknown'])
  })

  test('a commune that none of the ward’s CPTS covers', async () => {
    const refused = [422, 'municipality-not-covered', '/patient/address/municipality', 'not-covered']
    expect(refusal(await open(ward, { patient: somebody({ address: ajaccio }) }))).toEqual(refused)
    expect(refusal(await open(coordinator, { patient: somebody({ address: ajaccio }) }))).toEqual(refused)
  })

  test('who is neither the coordination nor a ward', async () => {
    for (const role of ['requester', 'administrator', 'practitioner'] as const) {
      const { headers } = await someoneWho(tested, { cptsId, role })
      expect(refusal(await open(headers))).toEqual([403, 'role-may-not'])
    }
  })
})

describe('a ward of two CPTS', () => {
  test('its patient is received where they live, by the same ward there', async () => {
    const there = await aCpts(tested, { municipalities: ['2A004'] })
    const finess = '330000001'
    const [here, theirs] = [await aUnit(tested, cptsId, 'Cardiologie'), await aUnit(tested, there, 'Cardiologie')]
    for (const { organizationId } of [here, theirs]) {
      await prepare(tested, (tx) =>
        tx.update(organizations).set({ finess }).where(eq(organizations.id, organizationId)),
      )
    }
    const account = await anAccount(tested)
    const hat = await aMembership(tested, account, { cptsId, role: 'hospital_staff', unitIds: [here.unitId] })
    const other = await aMembership(tested, account, {
      cptsId: there,
      role: 'hospital_staff',
      unitIds: [theirs.unitId],
    })
    const nurse = { profession: 'nurse' as const, rpps: '10000000001' }
    const known = await aPractitioner(tested, cptsId, nurse)
    const again = await aPractitioner(tested, there, nurse)
    const headers = await signedIn(tested, account, hat.membershipId)
    const usualTeam = [{ profession: 'nurse' as const, name: 'Alix Essai', practitionerId: known }]
    const answer = await open(headers, {
      patient: somebody({ address: ajaccio }),
      details: { ...detailsOf({ usualTeam }), unitId: here.unitId },
      needs: [aNeed({ preferredPractitionerId: known })],
    })
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({
      unit: { id: theirs.unitId },
      details: { unitId: theirs.unitId, usualTeam: [{ practitionerId: again }] },
      needs: [{ preferredPractitioner: { id: again } }],
    })
    const url = `/api/v1/hospital-discharges/${answer.json().id}`
    expect((await tested.app.inject({ url, headers })).statusCode).toBe(404)
    const abroad = await signedIn(tested, account, other.membershipId)
    expect((await tested.app.inject({ url, headers: abroad })).statusCode).toBe(200)
  })

  test('without a number that proves it is the same ward, nothing is sent elsewhere', async () => {
    const there = await aCpts(tested, { municipalities: ['2A004'] })
    const account = await anAccount(tested)
    const here = await aMembership(tested, account, { cptsId, role: 'hospital_staff' })
    await aMembership(tested, account, { cptsId: there, role: 'hospital_staff' })
    const headers = await signedIn(tested, account, here.membershipId)
    const [own] = here.unitIds
    if (!own) throw new Error('A ward without unit')
    const details = { ...detailsOf({}), unitId: own }
    const answer = await open(headers, { patient: somebody({ address: ajaccio }), details })
    expect(refusal(answer)[1]).toBe('municipality-not-covered')
  })
})
