import type { NeedStatus } from '@maillage/contracts/cases'
import { type Need, needProfessions } from '@maillage/contracts/discharge-needs'
import type { HospitalDischarge, HospitalDischargeStatus } from '@maillage/contracts/hospital-discharge'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import { type Described, describeCases } from '../../kernel/case-view.ts'
import type { CaseKinds } from '../../kernel/context.ts'
import { type Asker, allowedActions } from '../../kernel/machine.ts'
import { listProposalsOf } from '../../kernel/proposals/proposal-view.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { dischargeNeedMachine } from './discharge-need.machine.ts'
import { hospitalDischargeActs } from './hospital-discharge.machine.ts'
import {
  directoryEntries,
  dischargeRowsOf,
  type HospitalDischargeRow,
  isNurseAmong,
  type NeedRow,
  needsOfAll,
  unitsOf,
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
function actionsOf(
  actor: Actor,
  { header, asker }: Described,
  needs: readonly NeedRow[],
): HospitalDischarge['allowedActions'] {
  const isNurse = actor.role !== 'practitioner' || isNurseAmong(actor, needs)
  const { 'move-need': _perNeed, ...acts } = hospitalDischargeActs
  return [
    ...header.allowedActions.filter(({ action }) => isNurse || action !== 'follow-up'),
    ...allowedActions<string>(acts, header.status, asker),
  ]
}

/**
 * Discharges as this actor may read them, in the order given: the ward learns who comes and when, never who declined. As
 * many statements for a page as for one.
 */
export async function toHospitalDischarges(
  db: Db,
  actor: Actor,
  kinds: CaseKinds,
  rows: readonly CaseRow[],
): Promise<HospitalDischarge[]> {
  if (rows.length === 0) return []
  const { cptsId } = actor
  const ids = rows.map(({ id }) => id)
  const discharges = await dischargeRowsOf(db, cptsId, ids)
  const needs = await needsOfAll(db, cptsId, ids)
  const named = needs.flatMap((need) => [need.coveredById, need.preferredPractitionerId]).filter((id) => id !== null)
  const known = new Map((await directoryEntries(db, cptsId, named)).map((entry) => [entry.id, entry]))
  const describedAs = await describeCases(db, actor, kinds, rows)
  const wards = [...discharges.values()].map(({ unitId }) => unitId)
  const units = await unitsOf(db, cptsId, [...new Set(wards)])
  const proposalsOf = actor.role === 'coordinator' ? await listProposalsOf(db, cptsId, ids) : () => []
  return rows.map((row) => {
    const discharge = discharges.get(row.id)
    const unit = discharge && units.get(discharge.unitId)
    if (!discharge || !unit) throw new Error('A discharge has no row of its own, or names a ward that does not exist')
    const own = needs.filter(({ caseId }) => caseId === row.id)
    const described = describedAs(row)
    // Only this slice's machine writes the status of its cases.
    const status = row.status as HospitalDischargeStatus
    return {
      ...described.header,
      ...ownPart(row, discharge),
      status,
      allowedActions: actionsOf(actor, described, own),
      unit,
      needs: own.map((need) => toNeed(need, status, described.asker, known)),
      proposals: proposalsOf(row.id),
    }
  })
}

const ownPart = (row: CaseRow, discharge: HospitalDischargeRow) => ({
  details: discharge.details,
  consent: row.consent,
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
})

/** One discharge: see `toHospitalDischarges`. */
export async function toHospitalDischarge(
  db: Db,
  actor: Actor,
  kinds: CaseKinds,
  row: CaseRow,
): Promise<HospitalDischarge> {
  const [discharge] = await toHospitalDischarges(db, actor, kinds, [row])
  if (!discharge) throw new Error('A case was described as nothing')
  return discharge
}
