import type { Band, CaseFound } from '@maillage/contracts/cases'
import { bands } from '@maillage/contracts/cases'
import type { Reminder } from '@maillage/contracts/coordination/reminders'
import type { AccountId } from '@maillage/contracts/kit/ids'
import { and, asc, desc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import { type CaseRow, caseEvents, caseLinks, cases, reminders } from '../../kernel/tables/case.table.ts'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import { visibleTo } from '../../kernel/visible-to.ts'
import type { Db } from '../../platform/db/database.ts'

type CaseKey = Pick<CaseRow, 'cptsId' | 'id'>

/** The case that a reference names, if the actor may see it. */
export async function findByReference(db: Db, actor: Actor, reference: string): Promise<CaseFound | undefined> {
  const [found] = await db
    .select({ id: cases.id, kind: cases.kind })
    .from(cases)
    .where(and(eq(cases.reference, reference), visibleTo(actor)))
  return found
}

/** Is this account a coordinator of the CPTS today? Only they own cases and hold callbacks. */
export async function isCoordinator(db: Db, cptsId: CaseRow['cptsId'], accountId: AccountId): Promise<boolean> {
  const [held] = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.cptsId, cptsId),
        eq(memberships.accountId, accountId),
        eq(memberships.role, 'coordinator'),
        isNull(memberships.endedAt),
      ),
    )
  return held !== undefined
}

/** Unties two cases, whichever was tied to the other; false when they were not. */
export async function deleteLink(tx: Db, one: CaseKey, other: CaseKey): Promise<boolean> {
  const gone = await tx
    .delete(caseLinks)
    .where(
      and(
        eq(caseLinks.cptsId, one.cptsId),
        or(
          and(eq(caseLinks.caseId, one.id), eq(caseLinks.linkedCaseId, other.id)),
          and(eq(caseLinks.caseId, other.id), eq(caseLinks.linkedCaseId, one.id)),
        ),
      ),
    )
    .returning({ caseId: caseLinks.caseId })
  return gone.length > 0
}

const attempts = ({ cptsId, id }: CaseKey, results: readonly string[]): SQL | undefined =>
  and(
    eq(caseEvents.cptsId, cptsId),
    eq(caseEvents.caseId, id),
    eq(caseEvents.type, 'contact-attempt'),
    inArray(caseEvents.reason, [...results]),
    sql`${caseEvents.data} ->> 'with' in ('patient', 'relative')`,
  )

const reached = ['reached', 'relative-reached']
const failed = ['no-answer', 'voicemail', 'wrong-number', 'refused-call']

/** Does this result count as a failure to reach the patient's side? */
export const isFailure = (result: string): boolean => failed.includes(result)

/** Failures to reach the patient or a relative since one of them was last reached. */
export async function countFailedAttempts(db: Db, key: CaseKey): Promise<number> {
  const [last] = await db
    .select({ id: caseEvents.id })
    .from(caseEvents)
    .where(attempts(key, reached))
    .orderBy(desc(caseEvents.id))
    .limit(1)
  // Ids are made in order of time: the greater one is the later one.
  const since = last ? gt(caseEvents.id, last.id) : undefined
  return db.$count(caseEvents, and(attempts(key, failed), since))
}

const remindersWith = (db: Db) =>
  db
    .select({ row: reminders, displayName: accounts.displayName })
    .from(reminders)
    .leftJoin(accounts, eq(accounts.id, reminders.assigneeId))
    .$dynamic()

type ReminderRow = Awaited<ReturnType<typeof remindersWith>>[number]

const toReminder = ({ row, displayName }: ReminderRow): Reminder => ({
  id: row.id,
  dueAt: row.dueAt.toISOString(),
  text: row.text,
  assignee: row.assigneeId && displayName !== null ? { id: row.assigneeId, displayName } : null,
  doneAt: row.doneAt?.toISOString() ?? null,
})

const ofCase = (key: CaseKey): SQL | undefined => and(eq(reminders.cptsId, key.cptsId), eq(reminders.caseId, key.id))

/** The callbacks of a case: those to make first, the soonest first. */
export async function listReminders(db: Db, key: CaseKey): Promise<Reminder[]> {
  const rows = await remindersWith(db)
    .where(ofCase(key))
    .orderBy(sql`${reminders.doneAt} desc nulls first`, asc(reminders.dueAt), asc(reminders.id))
  return rows.map(toReminder)
}

/** One callback of a case. */
export async function findReminder(db: Db, key: CaseKey, reminderId: string): Promise<Reminder | undefined> {
  const [row] = await remindersWith(db).where(and(ofCase(key), eq(reminders.id, reminderId)))
  return row && toReminder(row)
}

export async function insertReminder(tx: Db, reminder: typeof reminders.$inferInsert): Promise<void> {
  await tx.insert(reminders).values(reminder)
}

export async function markReminderDone(tx: Db, key: CaseKey, reminderId: string, now: Date): Promise<void> {
  await tx
    .update(reminders)
    .set({ doneAt: now, version: sql`${reminders.version} + 1` })
    .where(and(ofCase(key), eq(reminders.id, reminderId), isNull(reminders.doneAt)))
}

/** The band that the rules gave when a coordinator last moved the case by hand; undefined when nobody did. */
export async function bandBeforeOverride(db: Db, key: CaseKey): Promise<Band | undefined> {
  const [last] = await db
    .select({ data: caseEvents.data })
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.cptsId, key.cptsId),
        eq(caseEvents.caseId, key.id),
        eq(caseEvents.type, 'priority'),
        eq(caseEvents.action, 'override'),
      ),
    )
    .orderBy(desc(caseEvents.at), desc(caseEvents.id))
    .limit(1)
  return bands.find((band) => band === last?.data.computed)
}
