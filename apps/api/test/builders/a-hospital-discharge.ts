import type { NewNeed } from '@maillage/contracts/discharge-needs'
import type { HospitalDischargeDetails, OpenHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { CaseId, type CptsId, NeedId, newId, newRowId, type UnitId } from '@maillage/contracts/kit/ids'
import { coverageOf } from '../../src/features/hospital-discharge/discharge-need.machine.ts'
import {
  insertDischarge,
  insertNeeds,
  updateNeed,
} from '../../src/features/hospital-discharge/hospital-discharge.store.ts'
import { priorityOf } from '../../src/features/hospital-discharge/settle-discharge.ts'
import { rankOf } from '../../src/kernel/priority.ts'
import { type CaseRow, caseParticipants, cases } from '../../src/kernel/tables/case.table.ts'
import type { TestApp } from '../build-test-app.ts'
import { aDescription, aPatient } from './a-patient.ts'
import { prepare } from './as-owner.ts'
import { nextReference } from './next-reference.ts'

const HOUR = 3_600_000

/** A need of home nursing from the day of the discharge on, unless told otherwise. */
export const aNeed = (over: Partial<NewNeed> = {}): NewNeed => ({
  type: 'home-nurse',
  frequency: 'une fois par jour',
  startAt: '2026-03-18T08:00:00.000Z',
  atHome: true,
  prescriptionAvailable: true,
  vital: false,
  ...over,
})

/** What a ward says of a discharge a week from now; the patient has a médecin traitant and lives with somebody. */
export const dischargeDetails = (
  unitId: UnitId,
  now: Date,
  over: Partial<HospitalDischargeDetails> & { hoursLeft?: number } = {},
): HospitalDischargeDetails => {
  const { hoursLeft = 168, ...details } = over
  return {
    unitId,
    expectedDischargeAt: new Date(now.getTime() + hoursLeft * HOUR).toISOString(),
    destination: 'home',
    livesAlone: false,
    had: 'not_needed',
    usualTeam: [],
    callBack: { phone: '+33556000001', hours: '9 h – 17 h' },
    patientInformed: true,
    hasGp: true,
    ...details,
  }
}

/** The body that opens a discharge for an invented patient in Bordeaux. */
export const aDischargeRequest = (
  unitId: UnitId,
  now: Date,
  over: Partial<OpenHospitalDischarge> = {},
): OpenHospitalDischarge => ({
  patient: aDescription(),
  consent: { givenAt: now.toISOString(), channel: 'oral', informedBy: 'Service d’essai' },
  channel: 'hospital',
  submit: true,
  details: dischargeDetails(unitId, now),
  needs: [aNeed()],
  ...over,
})

type StandingNeed = NewNeed & { status?: 'open' | 'covered' }

interface Over extends Partial<typeof cases.$inferInsert> {
  details?: Partial<HospitalDischargeDetails> & { hoursLeft?: number }
  needs?: readonly StandingNeed[]
}

/** A discharge as it stands in the tables, coordinated for its ward and with one open need unless told otherwise. */
export async function aHospitalDischarge(
  tested: TestApp,
  cptsId: CptsId,
  unitId: UnitId,
  over: Over = {},
): Promise<{ row: CaseRow; needIds: NeedId[] }> {
  const { details: said = {}, needs = [aNeed()], ...columns } = over
  const now = tested.deps.now()
  const patient = await aPatient(tested, cptsId)
  const details = dischargeDetails(unitId, now, said)
  const asked = needs.map((need: StandingNeed) => ({ ...need, id: newId(NeedId), status: need.status ?? 'open' }))
  const expected = { expectedDischargeAt: new Date(details.expectedDischargeAt), actualDischargeAt: null }
  const priority = priorityOf({ now }, { ...expected, details, needs: asked })
  return await prepare(tested, async (tx) => {
    const [row] = await tx
      .insert(cases)
      .values({
        cptsId,
        id: newId(CaseId),
        kind: 'hospital-discharge',
        reference: await nextReference(tx, cptsId, 'SH', 2026),
        status: 'coordinating',
        bandRank: rankOf(priority.band),
        score: priority.score,
        priority,
        openedAt: now,
        registeredAt: now,
        statusSince: now,
        clockStartedAt: now,
        patientId: patient.id,
        municipalityCode: patient.municipalityCode,
        channel: 'hospital',
        consent: { givenAt: now.toISOString(), channel: 'oral', informedBy: 'Service d’essai' },
        coverage: coverageOf(asked),
        updatedAt: now,
        ...columns,
      })
      .returning()
    if (!row) throw new Error('An inserted case came back empty')
    await tx
      .insert(caseParticipants)
      .values({ cptsId, id: newRowId(), caseId: row.id, part: 'ward', unitId, since: now })
    await insertDischarge(tx, row, details)
    await insertNeeds(tx, row, asked)
    for (const { id, status } of asked) await updateNeed(tx, { cptsId, id }, { status })
    return { row, needIds: asked.map(({ id }) => id) }
  })
}
