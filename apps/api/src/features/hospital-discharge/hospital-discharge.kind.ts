import { needProfessions } from '@maillage/contracts/discharge-needs'
import type { HospitalDischargeStatus } from '@maillage/contracts/hospital-discharge'
import { ageOn, dayIn } from '@maillage/contracts/kit/dates'
import type { NeedId, PractitionerId } from '@maillage/contracts/kit/ids'
import { systemActor } from '../../kernel/actor.ts'
import type { CandidateRequest, CaseKind, Context, PreviewDetails, ProposalChange } from '../../kernel/context.ts'
import { judgeMove } from '../../kernel/machine.ts'
import { moveBySystem } from '../../kernel/move-case.ts'
import { findPatient } from '../../kernel/patients/patient.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { dischargeNeedMachine, isUncovered, type NeedMachineAction } from './discharge-need.machine.ts'
import { hospitalDischargeAnswerBy, hospitalDischargeDeadline } from './hospital-discharge.deadlines.ts'
import { hospitalDischargeFinalStatuses, hospitalDischargeMachine } from './hospital-discharge.machine.ts'
import {
  dischargeRowsOf,
  findNeed,
  firstAnswerDueOf,
  getDischargeRow,
  type HospitalDischargeRow,
  type NeedRow,
  needsOf,
  needsOfAll,
  uncovered,
  updateNeed,
} from './hospital-discharge.store.ts'
import { settleDischarge } from './settle-discharge.ts'

async function deadlineOf(tx: Db, context: Context, row: CaseRow) {
  const { expectedDischargeAt, actualDischargeAt } = await getDischargeRow(tx, row)
  return hospitalDischargeDeadline(
    {
      // Only this slice's machine writes the status of its cases.
      status: row.status as HospitalDischargeStatus,
      clockStartedAt: row.clockStartedAt,
      statusSince: row.statusSince,
      expectedDischargeAt,
      actualDischargeAt,
      hasUncoveredNeed: (await needsOf(tx, row)).some(isUncovered),
      firstAnswerDue: await firstAnswerDueOf(tx, row),
    },
    context.calendar,
  )
}

/** A proposal of a discharge is always one of a need of it. */
async function needOf(tx: Db, row: CaseRow, needId: NeedId | null): Promise<NeedRow> {
  if (!needId) throw invalidField('/needId', 'required')
  const need = await findNeed(tx, row, needId)
  if (!need) throw invalidField('/needId', 'unknown')
  return need
}

/** Whoever already cares for this patient in the need's profession, whom the ward prefers first. */
function usualCarersFor(need: NeedRow, { details }: HospitalDischargeRow): PractitionerId[] {
  const team = details.usualTeam
    .filter(({ profession }) => profession === needProfessions[need.type])
    .map(({ practitionerId }) => practitionerId)
  return [...new Set([need.preferredPractitionerId ?? undefined, ...team])].filter((id) => id !== undefined)
}

async function candidateRequest(
  tx: Db,
  timeZone: string,
  row: CaseRow,
  needId: NeedId | null,
): Promise<CandidateRequest> {
  const need = await needOf(tx, row, needId)
  const profession = needProfessions[need.type]
  if (!profession) throw invalidField('/needId', 'outside-directory')
  const patient = await findPatient(tx, { actor: systemActor(row.cptsId) }, row.patientId)
  return {
    profession,
    generalPractitionerOnly: need.type === 'gp-visit',
    municipalityCode: row.municipalityCode,
    places: 0,
    fullExcludes: false,
    unknownLast: false,
    maxDistanceKm: null,
    homeVisit: need.atHome,
    accessibility: false,
    children: patient !== undefined && ageOn(patient.birthDate, dayIn(timeZone, row.openedAt)) < 16,
    longTerm: false,
    languages: [],
    gender: null,
    usual: usualCarersFor(need, await getDischargeRow(tx, row)),
  }
}

const describeOffers: CaseKind['describeOffers'] = async (tx, cptsId, offers) => {
  const ids = offers.map(({ row }) => row.id)
  const discharges = await dischargeRowsOf(tx, cptsId, ids)
  const needs = new Map((await needsOfAll(tx, cptsId, ids)).map((need) => [need.id, need]))
  return offers.map(({ row, needId }) => {
    const discharge = discharges.get(row.id)
    const need = needId && needs.get(needId)
    if (!discharge || !need) throw new Error('A proposal of a discharge is one of a need of it')
    return { preview: previewOf(need, discharge), needText: needText(need), household: [] }
  })
}

function previewOf(need: NeedRow, { details }: HospitalDischargeRow): PreviewDetails {
  const marks = [
    need.vital && 'vital',
    !need.prescriptionAvailable && 'prescription-missing',
    details.gir !== undefined && details.gir <= 3 && `gir-${details.gir}`,
    details.livesAlone && 'lives-alone',
    details.prado !== undefined && `prado-${details.prado}`,
  ].filter((mark) => typeof mark === 'string')
  // The label and the frequency were typed freely: they wait for the contact sheet.
  return { need: need.type, marks, homeVisit: need.atHome, wantedFrom: need.startAt.toISOString(), wantedBefore: null }
}

async function answerBy(tx: Db, context: Context, row: CaseRow, needId: NeedId | null, to?: PractitionerId) {
  const discharge = await getDischargeRow(tx, row)
  const isUsual = to !== undefined && usualCarersFor(await needOf(tx, row, needId), discharge).includes(to)
  return hospitalDischargeAnswerBy(context.now, discharge.expectedDischargeAt, isUsual)
}

function needText({ label, frequency }: NeedRow): string | null {
  const words = [label, frequency].filter((word) => word !== null && word !== '')
  return words.length > 0 ? words.join(' · ') : null
}

/** A need follows its proposals as the need machine says; 409 when it may not, so a covered need is not offered again. */
function follow(tx: Db, need: NeedRow, action: NeedMachineAction, patch: Partial<NeedRow>): Promise<void> {
  const move = judgeMove(dischargeNeedMachine, need.status, action, { role: 'system', parts: [] })
  // No system line of the need machine leads to a previous or derived status.
  return updateNeed(tx, need, { ...patch, status: move.to as NeedRow['status'] })
}

async function followProposal(tx: Db, row: CaseRow, change: ProposalChange): Promise<void> {
  const need = await needOf(tx, row, 'proposal' in change ? change.proposal.needId : change.needId)
  switch (change.type) {
    case 'sent':
      // Somebody still holds this need until they say again whether they come.
      if (need.reconfirmationPending) throw problem('proposal-already-live')
      return follow(tx, need, 'proposal-sent', {})
    case 'accepted':
    case 'reconfirmed': {
      const firstVisitAt = change.firstVisitAt ?? change.proposal.firstVisitAt
      const coveredById = change.proposal.practitionerId
      return follow(tx, need, change.type, { ...uncovered, coveredById, firstVisitAt })
    }
    case 'none-live':
      if (need.status === 'proposed' && !need.reconfirmationPending) await follow(tx, need, 'proposals-ended', {})
      return
    case 'released':
      if (need.coveredById === change.proposal.practitionerId) await follow(tx, need, 'released', uncovered)
  }
}

/** The need follows its proposals, and the discharge its needs. Proposing from `acknowledged` starts the coordination. */
async function onProposalChange(tx: Db, context: Context, row: CaseRow, change: ProposalChange): Promise<void> {
  const audit = `${row.kind}.proposals-changed`
  await followProposal(tx, row, change)
  const isStart = change.type === 'sent' && row.status === 'acknowledged'
  await settleDischarge(tx, context, isStart ? await moveBySystem(tx, context, row, 'start') : row, audit)
}

/** A discharge from hospital, as the kernel, the proposals, the worklist and the jobs know it. */
export const hospitalDischargeKind: CaseKind<HospitalDischargeStatus> = {
  kind: 'hospital-discharge',
  referencePrefix: 'SH',
  machine: hospitalDischargeMachine,
  finalStatuses: hospitalDischargeFinalStatuses,
  acceptanceRequires: ['firstVisitAt'],
  deadlineOf,
  answerBy,
  hasNeeds: true,
  liveRounds: () => 1,
  proposableFrom: ['acknowledged', 'coordinating', 'partially_covered', 'covered'],
  describeOffers,
  placesOf: () => 0,
  candidateRequest,
  onProposalChange,
}
