import type { NeedStatus } from '@maillage/contracts/cases'
import { type Need, needProfessions } from '@maillage/contracts/discharge-needs'
import type { HospitalDischarge, HospitalDischargeStatus } from '@maillage/contracts/hospital-discharge'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import { askerOn } from '../../kernel/case.store.ts'
import { describeCase } from '../../kernel/case-view.ts'
import type { CaseKinds } from '../../kernel/context.ts'
import { type Asker, allowedActions } from '../../kernel/machine.ts'
import { describeProposals } from '../../kernel/proposals/proposal-view.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { dischargeNeedMachine } from './discharge-need.machine.ts'
import { hospitalDischargeActs } from './hospital-discharge.machine.ts'
import {
  directoryEntries,
  getDischargeRow,
  isNurseOf,
  type NeedRow,
  needsOf,
  unitOf,
} from './hospital-discharge.store.ts'

type Entry = Awaited<ReturnType<typeof directoryEntries>>[number]

/** Who comes: somebody of the directory, or outside it; null while nobody does. */
function coveredBy(need: NeedRow, known: ReadonlyMap<PractitionerId, Entry>): Need['coveredBy'] {
  const entry = need.coveredById ? known.get(need.coveredById) : undefined
  if (entry) return { name: entry.displayName, practicePhone: entry.practicePhone, outside: false }
  if (need.coveredByName) return { name: need.coveredByName, practicePhone: need.coveredByPhone, outside: true }
  return null
}

/** What may be done with a need: by its own status, and by where the discharge stands. */
function needActions(need: NeedRow, status: HospitalDischargeStatus, asker: Asker): Need['allowedActions'] {
  const mayMove = hospitalDischargeActs['move-need'].from.some((from) => from === status)
  return allowedActions<NeedStatus>(dischargeNeedMachine, need.status, asker).map((action) =>
    mayMove ? action : { ...action, disabledBecause: 'wrong-status' },
  )
}

function toNeed(
  need: NeedRow,
  status: HospitalDischargeStatus,
  asker: Asker,
  known: ReadonlyMap<PractitionerId, Entry>,
): Need {
  const preferred = need.preferredPractitionerId ? known.get(need.preferredPractitionerId) : undefined
  return {
    id: need.id,
    type: need.type,
    profession: needProfessions[need.type],
    label: need.label,
    frequency: need.frequency,
    startAt: need.startAt.toISOString(),
    endAt: need.endAt?.toISOString() ?? null,
    atHome: need.atHome,
    prescriptionAvailable: need.prescriptionAvailable,
    preferredPractitioner: preferred ? { id: preferred.id, displayName: preferred.displayName } : null,
    vital: need.vital,
    status: need.status,
    coveredBy: coveredBy(need, known),
    firstVisitAt: need.firstVisitAt?.toISOString() ?? null,
    reconfirmationPending: need.reconfirmationPending,
    allowedActions: needActions(need, status, asker),
  }
}

/** The moves, then the acts that have a path of their own. The follow-up call is the coordination's and the nurse's. */
async function actionsOf(
  db: Db,
  actor: Actor,
  row: CaseRow,
  asker: Asker,
  moves: HospitalDischarge['allowedActions'],
): Promise<HospitalDischarge['allowedActions']> {
  const isNurse = actor.role !== 'practitioner' || (await isNurseOf(db, actor, row))
  const { 'move-need': _perNeed, ...acts } = hospitalDischargeActs
  return [
    ...moves.filter(({ action }) => isNurse || action !== 'follow-up'),
    ...allowedActions<string>(acts, row.status, asker),
  ]
}

/** A discharge as this actor may read it: the ward learns who comes and when, never who declined. */
export async function toHospitalDischarge(
  db: Db,
  actor: Actor,
  kinds: CaseKinds,
  row: CaseRow,
): Promise<HospitalDischarge> {
  const discharge = await getDischargeRow(db, row)
  const needs = await needsOf(db, row)
  const named = needs.flatMap((need) => [need.coveredById, need.preferredPractitionerId]).filter((id) => id !== null)
  const known = new Map((await directoryEntries(db, row.cptsId, named)).map((entry) => [entry.id, entry]))
  const header = await describeCase(db, actor, kinds, row)
  const asker = await askerOn(db, actor, row.id)
  const unit = await unitOf(db, discharge)
  if (!unit) throw new Error('A discharge names a ward that does not exist')
  // Only this slice's machine writes the status of its cases.
  const status = row.status as HospitalDischargeStatus
  return {
    ...header,
    status,
    allowedActions: await actionsOf(db, actor, row, asker, header.allowedActions),
    details: discharge.details,
    consent: row.consent,
    unit,
    needs: needs.map((need) => toNeed(need, status, asker, known)),
    // The column holds what the contract's list let in.
    missing: discharge.missing as HospitalDischarge['missing'],
    escalatedAt: row.escalatedAt?.toISOString() ?? null,
    escalationReason: row.escalationReason,
    actualDischargeAt: discharge.actualDischargeAt?.toISOString() ?? null,
    letterSent: discharge.letterSent,
    checklist: discharge.checklist,
    followUpCalledAt: discharge.followUpCalledAt?.toISOString() ?? null,
    gpSeenAt: discharge.gpSeenAt,
    readmitted: discharge.readmitted,
    proposals: actor.role === 'coordinator' ? await describeProposals(db, row) : [],
  }
}
