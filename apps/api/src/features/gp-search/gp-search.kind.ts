import type { Band } from '@maillage/contracts/cases'
import type { GpSearchStatus } from '@maillage/contracts/gp-search'
import { ageOn, dayIn } from '@maillage/contracts/kit/dates'
import type { CaseId } from '@maillage/contracts/kit/ids'
import type { CandidateRequest, CaseKind, Context, PreviewDetails, ProposalChange } from '../../kernel/context.ts'
import { moveBySystem, touchCase } from '../../kernel/move-case.ts'
import { findPatient } from '../../kernel/patients/patient.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { gpSearchAnswerBy, gpSearchDeadline } from './gp-search.deadlines.ts'
import { gpSearchFinalStatuses, gpSearchMachine } from './gp-search.machine.ts'
import {
  clockFactsOf,
  type GpSearchRow,
  membersOf,
  searchRowsOf,
  updateSearch,
  type Wanted,
  wantedOf,
} from './gp-search.store.ts'
import { openGpSearchFrom } from './open-gp-search.ts'

async function deadlineOf(tx: Db, context: Context, row: CaseRow) {
  const facts = await clockFactsOf(tx, row)
  return gpSearchDeadline(
    {
      // Only this slice's machine writes the status of its cases.
      status: row.status as GpSearchStatus,
      band: row.priority.band,
      clockStartedAt: row.clockStartedAt,
      statusSince: row.statusSince,
      resumeAt: row.resumeAt,
      ...facts,
    },
    context.calendar,
  )
}

/** What each of these searches asks of a doctor, from one statement whatever their number. */
async function candidateRequests(
  tx: Db,
  timeZone: string,
  rows: readonly CaseRow[],
): Promise<Map<CaseId, CandidateRequest>> {
  const wanted = await wantedOf(tx, rows)
  return new Map(rows.map((row) => [row.id, requestOf(timeZone, row, wanted.get(row.id))]))
}

/** Everybody of the household takes a place. */
const placesOf = (row: CaseRow): number => row.householdSize

function requestOf(timeZone: string, row: CaseRow, wanted: Wanted | undefined): CandidateRequest {
  if (!wanted) throw new Error('A gp-search case has no row of its own')
  const { details, births } = wanted
  const preferences = details.preferences ?? {}
  return {
    profession: 'physician',
    generalPractitionerOnly: true,
    municipalityCode: row.municipalityCode,
    places: placesOf(row),
    fullExcludes: true,
    unknownLast: true,
    maxDistanceKm: preferences.maxDistanceKm ?? null,
    homeVisit: details.homebound ?? preferences.homeVisit ?? false,
    accessibility: preferences.accessibility ?? false,
    children: births.some((birth) => ageOn(birth, dayIn(timeZone, row.openedAt)) < 16),
    longTerm: details.hasLongTermCondition ?? false,
    languages: preferences.languages ?? [],
    gender: preferences.gender ?? null,
    usual: [],
  }
}

async function candidateRequest(tx: Db, timeZone: string, row: CaseRow): Promise<CandidateRequest> {
  return requestOf(timeZone, row, (await wantedOf(tx, [row])).get(row.id))
}

const describeOffers: CaseKind['describeOffers'] = async (tx, cptsId, offers) => {
  const ids = offers.map(({ row }) => row.id)
  const searches = await searchRowsOf(tx, cptsId, ids)
  const shared = offers.filter(({ row }) => row.householdSize > 1).map(({ row }) => row.id)
  const members = shared.length > 0 ? await membersOf(tx, cptsId, shared) : []
  return offers.map(({ row }) => {
    const search = searches.get(row.id)
    if (!search) throw new Error('A gp-search case has no row of its own')
    const household = members
      .filter(({ caseId }) => caseId === row.id)
      .map(({ firstName, lastName, birthDate }) => ({ displayName: `${firstName} ${lastName}`, birthDate }))
    return { preview: previewOf(search), needText: search.details.freeText ?? null, household }
  })
}

function previewOf({ details }: GpSearchRow): PreviewDetails {
  const marks = [
    details.hasLongTermCondition && 'long-term-condition',
    details.homebound && 'homebound',
    details.treatmentDaysLeft !== undefined &&
      details.treatmentDaysLeft <= 15 &&
      `treatment-${details.treatmentDaysLeft}-days`,
    details.pregnancyOrInfant && 'pregnancy-or-infant',
    details.livesAlone && 'lives-alone',
  ].filter((mark) => typeof mark === 'string')
  return {
    need: 'gp-search',
    marks,
    homeVisit: details.homebound ?? details.preferences?.homeVisit ?? false,
    wantedFrom: null,
    wantedBefore: null,
  }
}

/** The status follows the proposals: proposing while one is live, matched when one is accepted, else back on the list. */
async function onProposalChange(tx: Db, context: Context, row: CaseRow, change: ProposalChange): Promise<void> {
  if (change.type === 'sent' && row.status === 'eligible') await moveBySystem(tx, context, row, 'proposal-sent')
  else if (change.type === 'accepted') await moveBySystem(tx, context, row, 'accepted')
  else if (change.type === 'none-live' && row.status === 'proposing')
    await moveBySystem(tx, context, row, 'proposals-ended')
  else if (change.type === 'released') {
    await updateSearch(tx, row, { toldAt: null, visitAt: null })
    await moveBySystem(tx, context, row, 'released', { clockStartedAt: context.now }, change.reason)
  } else await touchCase(tx, context, row, {}, `${row.kind}.proposals-changed`)
}

/** A search for a médecin traitant, as the kernel, the proposals, the worklist and the jobs know it. */
export const gpSearchKind: CaseKind<GpSearchStatus> = {
  kind: 'gp-search',
  referencePrefix: 'MT',
  machine: gpSearchMachine,
  finalStatuses: gpSearchFinalStatuses,
  acceptanceRequires: [],
  deadlineOf,
  answerBy: async (_tx, context, row) => gpSearchAnswerBy(row.priority.band, context.now, context.calendar),
  liveRounds: (row) => liveRoundsOf(row.priority.band),
  proposableFrom: ['eligible', 'proposing'],
  describeOffers,
  placesOf,
  candidateRequest,
  candidateRequests,
  onProposalChange,
  openFrom: openFromCase,
}

/** One round at a time; up to three in parallel for P1 (domain notes B1). */
const liveRoundsOf = (band: Band): number => (band === 'P1' ? 3 : 1)

async function openFromCase(tx: Db, context: Context, other: CaseRow): Promise<CaseRow> {
  const patient = await findPatient(tx, context, other.patientId)
  if (!patient) throw new Error('A case names a patient who does not exist')
  return openGpSearchFrom(tx, context, other, patient)
}
