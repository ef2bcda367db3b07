import { type AddHouseholdMember, type JoinSearches, mostInHousehold } from '@maillage/contracts/gp-search'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { linkCases, lockCase } from '../../../kernel/case.store.ts'
import type { Context, Deps } from '../../../kernel/context.ts'
import { moveBySystem } from '../../../kernel/move-case.ts'
import { resolvePatient } from '../../../kernel/open-case.ts'
import { findPatient } from '../../../kernel/patients/patient.store.ts'
import { endLiveProposals } from '../../../kernel/proposals/proposal.store.ts'
import { recordEvent } from '../../../kernel/record/timeline.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { invalidField, problem } from '../../../platform/problem-error.ts'
import { insertMembers, joinHousehold, openSearchesWith } from './household.store.ts'
import { resizeSearch, searchersOf } from './leave-household.ts'

/** Nobody joins what a doctor has already taken: they were asked for fewer people. */
const joinable: readonly string[] = ['draft', 'submitted', 'info_requested', 'eligible', 'on_hold', 'proposing']

function demandJoinable(row: CaseRow): void {
  if (!joinable.includes(row.status)) throw problem('wrong-status')
}

/** Somebody of the household joins the search: known or described. What awaits an answer is to be read again. */
export function addHouseholdMember(deps: Deps, actor: Actor, id: CaseId, input: AddHouseholdMember): Promise<CaseRow> {
  return act(deps, actor, async (tx, context) => {
    const row = await lockCase(tx, actor, { id, kind: 'gp-search', version: input.version })
    demandJoinable(row)
    if (row.householdSize >= mostInHousehold) throw invalidField('/patient', 'too-many')
    const { patient } = await resolvePatient(tx, context, input.patient, input.confirmNotDuplicate ?? false)
    const open = await openSearchesWith(tx, row.cptsId, [patient.id])
    if (open.some((one) => one.id === id)) throw invalidField('/patient/id', 'repeated')
    if (open.length > 0) throw problem('already-open', { allowed: open.map(({ reference }) => reference) })
    await insertMembers(tx, row, [
      { patientId: patient.id, details: input.details, registeredAt: context.now, ownCaseId: null },
    ])
    await joinHousehold(tx, context, await subjectOf(tx, context, row), [patient.id])
    await recordEvent(tx, context, row, {
      type: 'details',
      action: 'household-joined',
      data: { patientId: patient.id },
    })
    return resizeSearch(tx, context, row, { size: row.householdSize + 1, audit: 'gp-search.household-joined' })
  })
}

async function subjectOf(tx: Db, context: Context, row: CaseRow) {
  const patient = await findPatient(tx, context, row.patientId)
  if (!patient) throw new Error('A case names a patient who does not exist')
  return patient
}

/**
 * Two searches become one: everybody of the other joins this one, which keeps the earliest seniority of both. The other
 * closes; each keeps their own seniority for the day when they leave.
 */
export function joinSearches(deps: Deps, actor: Actor, id: CaseId, input: JoinSearches): Promise<CaseRow> {
  if (input.otherId === id) throw invalidField('/otherId', 'repeated')
  return act(deps, actor, async (tx, context) => {
    const { row, other } = await lockBoth(tx, context, id, input)
    demandJoinable(row)
    demandJoinable(other)
    const size = row.householdSize + other.householdSize
    if (size > mostInHousehold) throw invalidField('/otherId', 'too-many')
    const coming = await searchersOf(tx, other)
    const here = await searchersOf(tx, row)
    if (coming.some((one) => here.some(({ patientId }) => patientId === one.patientId)))
      throw invalidField('/otherId', 'repeated')
    await insertMembers(
      tx,
      row,
      coming.map((person) => ({ ...person, ownCaseId: person.ownCaseId ?? other.id })),
    )
    const ids = coming.map(({ patientId }) => patientId)
    await joinHousehold(tx, context, await subjectOf(tx, context, row), ids)
    await endLiveProposals(tx, context, other, 'withdrawn')
    await moveBySystem(tx, context, other, 'joined-household', { liveProposals: 0 }, 'joined_household')
    await linkCases(tx, row, other, context.now)
    await recordEvent(tx, context, row, { type: 'link', action: 'household-joined', text: other.reference })
    await recordEvent(tx, context, other, { type: 'link', action: 'joined-household', text: row.reference })
    const registeredAt = new Date(Math.min(other.registeredAt.getTime(), row.registeredAt.getTime()))
    return resizeSearch(tx, context, row, { size, audit: 'gp-search.household-joined', registeredAt })
  })
}

/** Both, in the order of their identifiers: two people who join the same two at once wait, and one of them goes first. */
async function lockBoth(tx: Db, { actor }: Context, id: CaseId, input: JoinSearches) {
  const wanted = [
    { id, version: input.version },
    { id: input.otherId, version: input.otherVersion },
  ].sort((one, other) => (one.id < other.id ? -1 : 1))
  const rows: CaseRow[] = []
  for (const one of wanted) rows.push(await lockCase(tx, actor, { ...one, kind: 'gp-search' }))
  const row = rows.find((one) => one.id === id)
  const other = rows.find((one) => one.id === input.otherId)
  if (!row || !other) throw problem('not-found')
  return { row, other }
}
