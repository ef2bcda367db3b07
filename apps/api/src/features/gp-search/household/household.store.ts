import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { CaseId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { HouseholdId, newId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '../../../kernel/context.ts'
import type { PatientRow } from '../../../kernel/patients/patient.store.ts'
import { type CaseRow, caseParticipants, cases } from '../../../kernel/tables/case.table.ts'
import { households, patients } from '../../../kernel/tables/patient.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'
import { gpSearchMembers } from '../gp-search.table.ts'

type CaseKey = Pick<CaseRow, 'cptsId' | 'id'>
export type MemberRow = typeof gpSearchMembers.$inferSelect

/** One person of a search, whether it is opened under their name or not. */
export interface Searcher {
  patientId: PatientId
  details: GpSearchDetails
  /** Since when they wait themselves. */
  registeredAt: Date
  /** Their search before they joined. */
  ownCaseId: CaseId | null
}

const ofCase = ({ cptsId, id }: CaseKey) => and(eq(gpSearchMembers.cptsId, cptsId), eq(gpSearchMembers.caseId, id))

/** The members of a search beside the person it is opened for, the oldest first. */
export async function listMembers(tx: Db, key: CaseKey): Promise<MemberRow[]> {
  const rows = await tx
    .select({ member: gpSearchMembers })
    .from(gpSearchMembers)
    .innerJoin(patients, and(eq(patients.cptsId, gpSearchMembers.cptsId), eq(patients.id, gpSearchMembers.patientId)))
    .where(ofCase(key))
    .orderBy(patients.birthDate, patients.id)
  return rows.map(({ member }) => member)
}

/** Adds people to a search. */
export async function insertMembers(tx: Db, key: CaseKey, people: readonly Searcher[]): Promise<void> {
  if (people.length === 0) return
  const { cptsId, id } = key
  await tx.insert(gpSearchMembers).values(people.map((person) => ({ cptsId, caseId: id, ...person })))
}

/** Takes people out of a search's members. */
export async function deleteMembers(tx: Db, key: CaseKey, ids: readonly PatientId[]): Promise<void> {
  if (ids.length === 0) return
  await tx.delete(gpSearchMembers).where(and(ofCase(key), inArray(gpSearchMembers.patientId, [...ids])))
}

/** The search is opened under this person's name from now on; the header's version is raised by the act. */
export async function renameSearch(tx: Db, { cptsId, id }: CaseKey, patientId: PatientId): Promise<void> {
  await tx
    .update(cases)
    .set({ patientId })
    .where(and(eq(cases.cptsId, cptsId), eq(cases.id, id)))
}

const openText = `select c.id, c.reference from cases c
where c.cpts_id = $1 and c.patient_id = any($2::uuid[]) and c.kind = 'gp-search' and c.is_open
union
select c.id, c.reference from gp_search_members m join cases c on c.cpts_id = $1 and c.id = m.case_id
where m.cpts_id = $1 and m.patient_id = any($2::uuid[]) and c.is_open`

/** The open searches in which these people stand, under their own name or among a household. */
export const openSearchesWith = (
  tx: Db,
  cptsId: CptsId,
  ids: readonly PatientId[],
): Promise<{ id: CaseId; reference: string }[]> =>
  queryRows(tx, { name: 'open_searches_with', text: openText, values: [cptsId, [...ids]] })

const ownText = `with recursive me as (
  select p.id, p.merged_into_id from patients p where p.cpts_id = $1 and p.id = $2
  union all select p.id, p.merged_into_id from me join patients p on p.cpts_id = $1 and p.id = me.merged_into_id
), mine as (
  select c.id, me.id as patient_id from me join cases c on c.cpts_id = $1 and c.patient_id = me.id and c.kind = 'gp-search'
  where me.merged_into_id is null
  union
  select m.case_id, me.id from me join gp_search_members m on m.cpts_id = $1 and m.patient_id = me.id
  where me.merged_into_id is null
)
select mine.id as "caseId", mine.patient_id as "patientId" from mine join cases c on c.cpts_id = $1 and c.id = mine.id
order by c.is_open desc, c.status_reason is not distinct from 'joined_household', coalesce(c.closed_at, c.opened_at) desc, c.id
limit 1`

/**
 * The search of somebody as it stands now, under their name or among a household's; the last one where none is open. A
 * record that was merged is followed. Undefined for somebody who never searched.
 */
export async function ownSearchOf(
  db: Db,
  { cptsId, patientId }: { cptsId: CptsId; patientId: PatientId },
): Promise<{ caseId: CaseId; patientId: PatientId } | undefined> {
  const statement = { name: 'own_search_of', text: ownText, values: [cptsId, patientId] }
  const [found] = await queryRows<{ caseId: CaseId; patientId: PatientId }>(db, statement)
  return found
}

/** What concerns one member of a household's search. */
export async function updateMember(
  tx: Db,
  key: CaseKey,
  patientId: PatientId,
  patch: Pick<Partial<MemberRow>, 'details'>,
): Promise<void> {
  await tx
    .update(gpSearchMembers)
    .set(patch)
    .where(and(ofCase(key), eq(gpSearchMembers.patientId, patientId)))
}

/** They live together: with those of the first one's household, where there is one. */
export async function joinHousehold(
  tx: Db,
  context: Context,
  first: Pick<PatientRow, 'id' | 'householdId'>,
  others: readonly PatientId[],
): Promise<void> {
  const { cptsId } = context.actor
  let { householdId } = first
  if (!householdId) {
    householdId = newId(HouseholdId)
    await tx.insert(households).values({ cptsId, id: householdId, createdAt: context.now })
  }
  await tx
    .update(patients)
    .set({ householdId })
    .where(and(eq(patients.cptsId, cptsId), inArray(patients.id, [first.id, ...others])))
}

/** Whoever asked for the household's search follows those of its members. */
export async function copyRequesters(tx: Db, from: CaseKey, to: CaseKey): Promise<void> {
  const held = await tx
    .select()
    .from(caseParticipants)
    .where(
      and(
        eq(caseParticipants.cptsId, from.cptsId),
        eq(caseParticipants.caseId, from.id),
        eq(caseParticipants.part, 'requester'),
      ),
    )
  const open = held.filter(({ until }) => until === null)
  if (open.length === 0) return
  await tx.insert(caseParticipants).values(open.map((one) => ({ ...one, id: crypto.randomUUID(), caseId: to.id })))
}
