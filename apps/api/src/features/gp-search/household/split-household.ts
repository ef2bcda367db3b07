import type { SplitHousehold } from '@maillage/contracts/gp-search'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { linkCases, lockCase } from '../../../kernel/case.store.ts'
import type { Context, Deps } from '../../../kernel/context.ts'
import { moveBySystem } from '../../../kernel/move-case.ts'
import { insertCase, settleOpening } from '../../../kernel/open-case.ts'
import { findPatient } from '../../../kernel/patients/patient.store.ts'
import { recordEvent } from '../../../kernel/record/timeline.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { problem } from '../../../platform/problem-error.ts'
import type { ScoredPerson } from '../gp-search.priority.ts'
import { insertSearch, updateSearch } from '../gp-search.store.ts'
import { moveGpSearchIn } from '../move-gp-search.ts'
import { priorityOf } from '../score-search.ts'
import { searchBeginning } from '../search-beginning.ts'
import { copyRequesters, deleteMembers, insertMembers, listMembers, type Searcher } from './household.store.ts'
import { leaveHousehold, resizeSearch } from './leave-household.ts'

/** What a household's search became, and those of the people who left it. */
export interface Split {
  row: CaseRow
  searches: CaseRow[]
}

/** Some of a household go on by themselves, each with the seniority that they had; the others' search goes on. */
export function splitHousehold(deps: Deps, actor: Actor, id: CaseId, input: SplitHousehold): Promise<Split> {
  return act(deps, actor, (tx, context) => splitHouseholdIn(tx, context, id, input))
}

/** The same within an act already open. */
export async function splitHouseholdIn(
  tx: Db,
  context: Context,
  id: CaseId,
  { patientIds, together, next, version }: SplitHousehold,
): Promise<Split> {
  const before = await lockCase(tx, context.actor, { id, kind: 'gp-search', version })
  if (!before.isOpen || before.householdSize < 2) throw problem('wrong-status')
  const { row, left } = await leaveHousehold(tx, context, before, patientIds)
  const groups = together ? [left] : left.map((person) => [person])
  const searches: CaseRow[] = []
  for (const group of groups) {
    const own = await goOnAlone(tx, context, before, group)
    await tellBoth(tx, context, row, own)
    const { id: ownId, version: ownVersion } = own
    const scope = 'household' as const
    searches.push(next ? await moveGpSearchIn(tx, context, ownId, { ...next, version: ownVersion, scope }) : own)
  }
  return { row, searches }
}

async function tellBoth(tx: Db, context: Context, row: CaseRow, own: CaseRow): Promise<void> {
  await linkCases(tx, own, row, context.now)
  await recordEvent(tx, context, row, { type: 'link', action: 'household-left', text: own.reference })
  await recordEvent(tx, context, own, { type: 'link', action: 'left-household', text: row.reference })
}

/** Where a search begins for somebody who leaves one that was further on: what was offered or accepted stays behind. */
const statusAlone = (status: string): 'draft' | 'submitted' | 'eligible' => {
  if (status === 'draft') return 'draft'
  return status === 'submitted' || status === 'info_requested' ? 'submitted' : 'eligible'
}

async function goOnAlone(tx: Db, context: Context, from: CaseRow, group: readonly Searcher[]): Promise<CaseRow> {
  const own = await takeUpOwn(tx, context, from, group)
  if (own) return own
  const [first, ...others] = group
  const patient = first && (await findPatient(tx, context, first.patientId))
  if (!first || !patient) throw new Error('A search names a patient who does not exist')
  const people: ScoredPerson[] = []
  for (const { patientId, details } of group) {
    const person = await findPatient(tx, context, patientId)
    if (!person) throw new Error('A search names a patient who does not exist')
    people.push({ birthDate: person.birthDate, details })
  }
  const registeredAt = new Date(Math.min(...group.map((person) => person.registeredAt.getTime())))
  const { channel } = from
  const priority = priorityOf(context, { channel, registeredAt, hasLinkedDischarge: false }, people)
  const row = await insertCase(tx, context, {
    ...searchBeginning(context, statusAlone(from.status), priority),
    patient,
    lookAlike: false,
    channel,
    ...(from.consent ? { consent: from.consent } : {}),
    registeredAt,
    householdSize: group.length,
    patch: { ownerId: from.ownerId, requesterId: from.requesterId },
  })
  await insertSearch(tx, row, first.details, [])
  await insertMembers(tx, row, others)
  await copyRequesters(tx, from, row)
  return settleOpening(tx, context, row, 'open')
}

/** The search that somebody had before joining goes on, with its reference and its story. */
async function takeUpOwn(
  tx: Db,
  context: Context,
  from: CaseRow,
  group: readonly Searcher[],
): Promise<CaseRow | undefined> {
  const known = group.find(({ ownCaseId }) => ownCaseId !== null)
  if (!known?.ownCaseId) return undefined
  const own = await lockCase(tx, context.actor, { id: known.ownCaseId, kind: 'gp-search' })
  const first = group.find(({ patientId }) => patientId === own.patientId)
  if (!first || own.isOpen || own.statusReason !== 'joined_household') return undefined
  const members = await listMembers(tx, own)
  await deleteMembers(
    tx,
    own,
    members.map(({ patientId }) => patientId),
  )
  const others = group.filter((person) => person !== first)
  await insertMembers(
    tx,
    own,
    others.map((person) => ({ ...person, ownCaseId: null })),
  )
  await updateSearch(tx, own, { details: first.details })
  const sized = await resizeSearch(tx, context, own, { size: group.length, audit: 'gp-search.household-left' })
  const fresh = { status: statusAlone(from.status), clockStartedAt: context.now, pausedAt: null, resumeAt: null }
  return moveBySystem(tx, context, sized, 'taken-up', fresh)
}
