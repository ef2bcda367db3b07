import { ageOn, dayIn } from '@maillage/contracts/kit/dates'
import type { UnscheduledCareStatus, UrgencyLevel } from '@maillage/contracts/unscheduled-care'
import { systemActor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Calendar } from '../../kernel/calendar.ts'
import type { CandidateRequest, CaseKind, Context, PreviewDetails, ProposalChange } from '../../kernel/context.ts'
import { moveBySystem, touchCase } from '../../kernel/move-case.ts'
import { findPatient } from '../../kernel/patients/patient.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField } from '../../platform/problem-error.ts'
import {
  careDeadline,
  type UnscheduledCareClockFacts,
  unscheduledCareAnswerBy,
  unscheduledCareDeadline,
} from './unscheduled-care.deadlines.ts'
import { unscheduledCareFinalStatuses, unscheduledCareMachine } from './unscheduled-care.machine.ts'
import { careRowsOf, firstExpiryOf, getCareRow, type UnscheduledCareRow, updateCare } from './unscheduled-care.store.ts'

/** What the clocks need of a case and its own row. */
export const clockFacts = (
  row: CaseRow,
  care: UnscheduledCareRow,
  firstExpiry: Date | null,
): UnscheduledCareClockFacts => ({
  // Only this slice's machine writes the status of its cases.
  status: row.status as UnscheduledCareStatus,
  level: care.level,
  clockStartedAt: row.clockStartedAt,
  appointmentAt: care.appointmentAt,
  firstExpiry,
})

async function deadlineOf(tx: Db, context: Context, row: CaseRow) {
  const care = await getCareRow(tx, row)
  const firstExpiry = row.status === 'offering' ? await firstExpiryOf(tx, row) : null
  return unscheduledCareDeadline(clockFacts(row, care, firstExpiry), context.calendar)
}

/** One visit takes no place, so a doctor with a full list, or who never declared one, is asked like any other. */
async function candidateRequest(tx: Db, timeZone: string, row: CaseRow): Promise<CandidateRequest> {
  const care = await getCareRow(tx, row)
  const patient = await findPatient(tx, { actor: systemActor(row.cptsId) }, row.patientId)
  const profession = care.profession ?? care.details.profession ?? 'physician'
  return {
    profession,
    generalPractitionerOnly: profession === 'physician',
    municipalityCode: row.municipalityCode,
    places: 0,
    fullExcludes: false,
    unknownLast: false,
    maxDistanceKm: null,
    homeVisit: care.mode === 'home',
    accessibility: false,
    children: patient !== undefined && ageOn(patient.birthDate, dayIn(timeZone, row.openedAt)) < 16,
    longTerm: false,
    languages: patient?.interpreterLanguage ? [patient.interpreterLanguage] : [],
    gender: null,
    usual: [],
  }
}

const levelMark = { U1: 'same-day', U2: 'within-24h', U3: 'within-48h' } as const satisfies Record<UrgencyLevel, string>

const describeOffers: CaseKind['describeOffers'] = async (tx, cptsId, offers) => {
  const ids = offers.map(({ row }) => row.id)
  const cares = await careRowsOf(tx, cptsId, ids)
  const calendar = await loadCalendar(tx, cptsId)
  return offers.map(({ row }) => {
    const care = cares.get(row.id)
    if (!care) throw new Error('An unscheduled-care case has no row of its own')
    return { preview: previewOf(row, care, calendar), needText: needText(care), household: [] }
  })
}

function previewOf(row: CaseRow, care: UnscheduledCareRow, calendar: Calendar): PreviewDetails {
  const level = care.level ?? 'U1'
  const marks = [
    levelMark[level],
    care.mode === 'tele' && 'tele',
    care.details.canTravel === false && 'cannot-travel',
  ].filter((mark) => typeof mark === 'string')
  return {
    need: 'unscheduled-care',
    marks,
    homeVisit: care.mode === 'home',
    wantedFrom: null,
    wantedBefore: careDeadline(level, row.clockStartedAt, calendar).toISOString(),
  }
}

/** The status follows the proposals: offering while one is live, booked when one is accepted, else back to place. */
async function onProposalChange(tx: Db, context: Context, row: CaseRow, change: ProposalChange): Promise<void> {
  if (change.type === 'sent' && row.status === 'triaged') await moveBySystem(tx, context, row, 'proposal-sent')
  else if (change.type === 'accepted') await bookAccepted(tx, context, row, change)
  else if (change.type === 'none-live' && row.status === 'offering')
    await moveBySystem(tx, context, row, 'proposals-ended')
  else if (change.type === 'released') {
    await updateCare(tx, row, { appointmentAt: null, bookedWithId: null })
    await moveBySystem(tx, context, row, 'released', {}, change.reason)
  } else await touchCase(tx, context, row, {}, `${row.kind}.proposals-changed`)
}

async function bookAccepted(
  tx: Db,
  context: Context,
  row: CaseRow,
  { proposal, appointmentAt }: Extract<ProposalChange, { type: 'accepted' }>,
): Promise<void> {
  if (!appointmentAt) throw invalidField('/appointmentAt', 'required')
  if (appointmentAt < row.openedAt) throw invalidField('/appointmentAt', 'before-request')
  await updateCare(tx, row, { appointmentAt, bookedWithId: proposal.practitionerId })
  await moveBySystem(tx, context, row, 'accepted')
}

async function answerBy(tx: Db, context: Context, row: CaseRow): Promise<Date> {
  const { level } = await getCareRow(tx, row)
  return unscheduledCareAnswerBy(level, context.now, context.calendar)
}

const needText = ({ details }: UnscheduledCareRow): string =>
  details.since ? `${details.reason} (${details.since})` : details.reason

/** A request for unscheduled care, as the kernel, the proposals, the worklist and the jobs know it. */
export const unscheduledCareKind: CaseKind<UnscheduledCareStatus> = {
  kind: 'unscheduled-care',
  referencePrefix: 'SNP',
  machine: unscheduledCareMachine,
  finalStatuses: unscheduledCareFinalStatuses,
  acceptanceRequires: ['appointmentAt'],
  deadlineOf,
  answerBy,
  proposableFrom: ['triaged', 'offering'],
  // As for a search: up to three rounds in parallel when it is for the same day.
  liveRounds: (row) => (row.priority.band === 'P1' ? 3 : 1),
  describeOffers,
  placesOf: () => 0,
  candidateRequest,
  onProposalChange,
}
