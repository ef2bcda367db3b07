import type { ReminderLine, RemindersQuery } from '@maillage/contracts/coordination/reminders'
import { ageOn, type DayDate } from '@maillage/contracts/kit/dates'
import type { AccountId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, getTableColumns, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import { caseLineColumns, toCaseLine } from '../../kernel/case-line.ts'
import { type CaseRow, cases, reminders } from '../../kernel/tables/case.table.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { decodeCursor, InstantKeys, toPage } from '../../platform/http/cursor.ts'

export type ReminderRow = typeof reminders.$inferSelect

/** Whose callbacks: theirs by name, and those of nobody on a case of theirs or of nobody, so that none is lost. */
export function heldBy(accountIds: readonly AccountId[]): SQL | undefined {
  const held = [...accountIds]
  return or(
    inArray(reminders.assigneeId, held),
    and(isNull(reminders.assigneeId), or(isNull(cases.ownerId), inArray(cases.ownerId, held))),
  )
}

export interface RemindersWanted {
  readonly query: RemindersQuery
  /** Undefined: everybody's. */
  readonly heldBy: readonly AccountId[] | undefined
  readonly before: Date | undefined
  readonly today: DayDate
}

const adultAge = 18

/** The patient’s first number; none for a minor, whose parent is called from the case. */
const numberOf = (phones: readonly string[], age: number): string | null =>
  age < adultAge ? null : (phones[0] ?? null)

/** A page of the callbacks still to make, the soonest first. */
export async function listReminders(
  db: Db,
  actor: Actor,
  wanted: RemindersWanted,
): Promise<{ items: ReminderLine[]; next: string | null }> {
  const after = decodeCursor(wanted.query.cursor, InstantKeys)
  const rows = await db
    .select({
      reminder: getTableColumns(reminders),
      assignee: accounts.displayName,
      line: caseLineColumns,
      practicePhone: practitioners.practicePhone,
      phones: patients.phones,
      birthDate: patients.birthDate,
    })
    .from(reminders)
    .innerJoin(cases, and(eq(cases.cptsId, reminders.cptsId), eq(cases.id, reminders.caseId)))
    .innerJoin(patients, and(eq(patients.cptsId, cases.cptsId), eq(patients.id, cases.patientId)))
    .leftJoin(accounts, eq(accounts.id, reminders.assigneeId))
    // A callback about a proposal is made to the practitioner, not to the patient.
    .leftJoin(proposals, and(eq(proposals.cptsId, reminders.cptsId), eq(proposals.id, reminders.proposalId)))
    .leftJoin(
      practitioners,
      and(eq(practitioners.cptsId, proposals.cptsId), eq(practitioners.id, proposals.practitionerId)),
    )
    .where(
      and(
        eq(reminders.cptsId, actor.cptsId),
        isNull(reminders.doneAt),
        // A closed case keeps its callbacks and asks for none.
        cases.isOpen,
        wanted.heldBy && heldBy(wanted.heldBy),
        wanted.before && lt(reminders.dueAt, wanted.before),
        after ? sql`(${reminders.dueAt}, ${reminders.id}) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(reminders.dueAt), asc(reminders.id))
    .limit(wanted.query.limit + 1)
  return toPage(
    rows,
    wanted.query.limit,
    ({ reminder }) => [reminder.dueAt.toISOString(), reminder.id],
    ({ reminder, assignee, line, practicePhone, phones, birthDate }) => ({
      id: reminder.id,
      dueAt: reminder.dueAt.toISOString(),
      text: reminder.text,
      assignee: reminder.assigneeId && assignee !== null ? { id: reminder.assigneeId, displayName: assignee } : null,
      doneAt: null,
      case: toCaseLine(line),
      phone: reminder.proposalId ? practicePhone : numberOf(phones, ageOn(birthDate, wanted.today)),
      version: reminder.version,
    }),
  )
}

/** Which case a callback stands on; undefined when there is no such callback here. */
export async function findCaseOf(db: Db, actor: Actor, id: string): Promise<CaseRow['id'] | undefined> {
  const [row] = await db
    .select({ caseId: reminders.caseId })
    .from(reminders)
    .where(and(eq(reminders.cptsId, actor.cptsId), eq(reminders.id, id)))
  return row?.caseId
}

/** The callback as it stands, once its case is locked. */
export async function getReminder(tx: Db, actor: Actor, id: string): Promise<ReminderRow | undefined> {
  const [row] = await tx
    .select()
    .from(reminders)
    .where(and(eq(reminders.cptsId, actor.cptsId), eq(reminders.id, id)))
  return row
}

/** Writes it anew with its version raised; undefined when somebody changed it meanwhile. */
export async function updateReminder(
  tx: Db,
  before: ReminderRow,
  patch: Pick<ReminderRow, 'dueAt' | 'text' | 'assigneeId' | 'doneAt'>,
): Promise<ReminderRow | undefined> {
  const [after] = await tx
    .update(reminders)
    .set({ ...patch, version: sql`${reminders.version} + 1` })
    .where(and(eq(reminders.cptsId, before.cptsId), eq(reminders.id, before.id), eq(reminders.version, before.version)))
    .returning()
  return after
}
