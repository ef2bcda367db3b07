import type { CaseId, CptsId, RevalidationId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import type { AskingChannel } from '@maillage/contracts/revalidation'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../kernel/context.ts'
import { takesTexts } from '../../kernel/notices/takes-texts.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { type RevalidationRow, revalidationAttempts, revalidations } from './revalidation.table.ts'
import type { Attempt, Contact } from './schedule.ts'

type Key = Pick<RevalidationRow, 'cptsId' | 'id'>

/** Which case an asking is about, to be locked first; undefined when there is no such asking in this CPTS. */
export async function caseAsked(db: Db, cptsId: CptsId, id: RevalidationId): Promise<CaseId | undefined> {
  const [row] = await db
    .select({ caseId: revalidations.caseId })
    .from(revalidations)
    .where(and(eq(revalidations.cptsId, cptsId), eq(revalidations.id, id)))
  return row?.caseId
}

/** Takes an asking for this transaction; its case was taken before it. */
export async function lockAsking(tx: Db, { cptsId, id }: Key): Promise<RevalidationRow | undefined> {
  const [row] = await tx
    .select()
    .from(revalidations)
    .where(and(eq(revalidations.cptsId, cptsId), eq(revalidations.id, id)))
    .for('update')
  return row
}

/** The asking of a case that has no answer yet, taken for this transaction. */
export async function lockOpenAsking(tx: Db, { cptsId, id }: Pick<CaseRow, 'cptsId' | 'id'>) {
  const [row] = await tx
    .select()
    .from(revalidations)
    .where(and(eq(revalidations.cptsId, cptsId), eq(revalidations.caseId, id), sql`${revalidations.endedAt} is null`))
    .for('update')
  return row
}

export async function patchAsking(
  tx: Db,
  row: RevalidationRow,
  patch: Partial<Omit<RevalidationRow, 'cptsId' | 'id' | 'version'>>,
): Promise<RevalidationRow> {
  const [after] = await tx
    .update(revalidations)
    .set({ before: null, ...patch, version: row.version + 1 })
    .where(and(eq(revalidations.cptsId, row.cptsId), eq(revalidations.id, row.id)))
    .returning()
  if (!after) throw new Error('An asking that was taken is gone')
  return after
}

// What became of a message stands with its deliveries: the key of its notice finds it.
const attemptsText = `select a.channel, exists (
    select from notices n join notice_deliveries d on d.cpts_id = n.cpts_id and d.notice_id = n.id
    where n.cpts_id = $1 and n.key = 'revalidation:' || a.id::text and d.status in ('refused', 'given-up')) as bounced
from revalidation_attempts a where a.cpts_id = $1 and a.revalidation_id = $2 order by a.number`

/** The attempts of an asking, the first first. */
export const attemptsOf = (db: Db, { cptsId, id }: Key): Promise<Attempt[]> =>
  queryRows(db, { name: 'revalidation_attempts', text: attemptsText, values: [cptsId, id] })

/** Keeps an attempt, and gives its id: the key of its notice. */
export async function insertAttempt(
  tx: Db,
  { actor, now }: Context,
  asking: Key,
  attempt: { channel: AskingChannel; number: number },
): Promise<string> {
  const id = newRowId()
  await tx
    .insert(revalidationAttempts)
    .values({ cptsId: asking.cptsId, id, revalidationId: asking.id, ...attempt, at: now, by: actor.accountId })
  return id
}

/** Takes back an attempt that was noted by mistake. */
export async function deleteAttempt(tx: Db, { cptsId }: Key, id: string): Promise<void> {
  await tx
    .delete(revalidationAttempts)
    .where(and(eq(revalidationAttempts.cptsId, cptsId), eq(revalidationAttempts.id, id)))
}

interface ContactRow {
  email: string | null
  phones: string[]
  confirmed_at: string | null
}

const contactText = `select p.email, p.phones, s.confirmed_at from cases c
join patients p on p.cpts_id = $1 and p.id = c.patient_id
join gp_searches s on s.cpts_id = $1 and s.case_id = c.id
where c.cpts_id = $1 and c.id = $2`

/** How the patient of a search is reached, and when they last said that they still search. */
export async function contactOf(db: Db, { cptsId, id }: Pick<CaseRow, 'cptsId' | 'id'>) {
  const [row] = await queryRows<ContactRow>(db, {
    name: 'revalidation_contact',
    text: contactText,
    values: [cptsId, id],
  })
  if (!row) throw new Error('A search has no patient')
  return { contact: contactFrom(row), confirmedAt: row.confirmed_at === null ? null : new Date(row.confirmed_at) }
}

/** How somebody is reached, from what their record says. */
export const contactFrom = ({ email, phones }: Pick<ContactRow, 'email' | 'phones'>): Contact => ({
  email,
  mobile: phones.find(takesTexts) ?? null,
  hasPhone: phones.length > 0,
})

/** The CPTS where somebody is being asked. */
export async function listCptsAsking(tx: Db): Promise<CptsId[]> {
  const { rows } = await tx.execute<{ id: CptsId }>(sql`
    select c.id from cpts c where exists (
      select from revalidations r where r.cpts_id = c.id and r.ended_at is null) order by c.id`)
  return rows.map(({ id }) => id)
}

const settleText = `with over as (
  select r.id, s.confirmed_at >= r.started_at as confirmed
  from revalidations r
  join cases c on c.cpts_id = $1 and c.id = r.case_id
  join gp_searches s on s.cpts_id = $1 and s.case_id = r.case_id
  join patients p on p.cpts_id = $1 and p.id = c.patient_id
  where r.cpts_id = $1 and r.ended_at is null
    and (not c.is_open or c.status in ('matched', 'visit_booked') or s.confirmed_at >= r.started_at
      or p.deceased_on is not null)
  order by r.id limit 1000 for update of r skip locked
)
update revalidations r set ended_at = $2, before = null, version = r.version + 1,
  status = case when o.confirmed then 'answered' else 'ended' end,
  answer = case when o.confirmed then 'still-searching' end,
  answered_by = case when o.confirmed then 'elsewhere' end
from over o where r.cpts_id = $1 and r.id = o.id`

/** Ends the askings whose reason is gone: answered on the follow-up page, matched with a doctor, closed by somebody,
 * or nobody left to answer. */
export const settleAskings = (tx: Db, cptsId: CptsId, now: Date): Promise<unknown> =>
  queryRows(tx, { name: 'settle_revalidations', text: settleText, values: [cptsId, now.toISOString()] })
