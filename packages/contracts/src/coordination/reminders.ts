import * as z from 'zod'
import { CaseKindName, PersonRef, Version } from '../cases.ts'
import { Instant } from '../kit/dates.ts'
import { AccountId, CaseId } from '../kit/ids.ts'
import { PageQuery } from '../kit/page.ts'

/** A callback: « rappeler demain 14 h ». */
export const NewReminder = z.strictObject({
  dueAt: Instant,
  text: z.string().trim().min(1).max(400),
  assigneeId: AccountId.optional(),
})
export const Reminder = z.object({
  id: z.string(),
  dueAt: Instant,
  text: z.string(),
  assignee: PersonRef.nullable(),
  doneAt: Instant.nullable(),
})
export type Reminder = z.infer<typeof Reminder>

/** A callback just written, and the version that the case now has. */
export const ReminderKept = Reminder.extend({ caseVersion: z.int() })
export type ReminderKept = z.infer<typeof ReminderKept>

export const ReminderParams = z.object({ id: CaseId, reminderId: z.uuid() })

/** Which case a line of a list is about, and whom. */
export const CaseLine = z.object({
  id: CaseId,
  reference: z.string(),
  kind: CaseKindName,
  status: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  owner: PersonRef.nullable(),
  version: z.int(),
})
export type CaseLine = z.infer<typeof CaseLine>

/** Callbacks still to make. `today` and `week` hold what is late as well: it is to be made first. */
export const RemindersQuery = PageQuery.extend({
  /** `me`: assigned to the caller or to whom they stand in for, or to nobody on a case of theirs or of nobody. */
  assignee: z.union([z.literal('me'), z.literal('all'), AccountId]).default('me'),
  due: z.enum(['late', 'today', 'week']).optional(),
})
export type RemindersQuery = z.infer<typeof RemindersQuery>

/** A callback with the case that it stands on. */
export const ReminderLine = Reminder.extend({
  case: CaseLine,
  /** The number to call: the patient's first; null for a minor, whose parent is called from the case. */
  phone: z.string().nullable(),
  version: z.int(),
})
export type ReminderLine = z.infer<typeof ReminderLine>

export const OneReminder = z.object({ id: z.uuid() })

/** Replaces a callback: postpones it, gives it to a colleague, says that it was made or that it is to be made again. */
export const ChangeReminder = z.strictObject({
  dueAt: Instant,
  text: z.string().trim().min(1).max(400),
  assigneeId: AccountId.nullable(),
  done: z.boolean(),
  version: Version,
})
export type ChangeReminder = z.infer<typeof ChangeReminder>

/** A callback as it now stands, its own version and that of its case. */
export const ReminderChanged = ReminderKept.extend({ version: z.int() })
export type ReminderChanged = z.infer<typeof ReminderChanged>
