import * as z from 'zod'
import { PersonRef } from '../cases.ts'
import { DayDate } from '../kit/dates.ts'
import { AccountId } from '../kit/ids.ts'

/** A coordinator is away, both days included; the deputy takes over what is late, the callbacks and the alerts. */
export const CoordinatorAbsence = z.object({
  id: z.string(),
  account: PersonRef,
  deputy: PersonRef,
  from: DayDate,
  until: DayDate,
})
export type CoordinatorAbsence = z.infer<typeof CoordinatorAbsence>

/** Those that run or are to come, the soonest first: a team declares a handful. */
export const CoordinatorAbsences = z.object({ items: z.array(CoordinatorAbsence) })

/** One's own absence, or that of a colleague who could not declare it. */
export const NewCoordinatorAbsence = z.strictObject({
  from: DayDate,
  until: DayDate,
  deputyId: AccountId,
  accountId: AccountId.optional(),
})
export type NewCoordinatorAbsence = z.infer<typeof NewCoordinatorAbsence>

export const CoordinatorAbsenceParams = z.object({ id: z.uuid() })
