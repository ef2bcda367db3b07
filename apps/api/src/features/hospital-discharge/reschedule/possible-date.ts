import { addCalendarDays } from '../../../kernel/calendar.ts'
import type { Context } from '../../../kernel/context.ts'
import { invalidField } from '../../../platform/problem-error.ts'

/** A discharge put off by more than a year is another stay. */
const farthestDays = 366

/** A discharge moves to a moment to come, within a year. */
export function demandPossibleDate({ now, calendar }: Pick<Context, 'now' | 'calendar'>, to: Date): void {
  if (to < now) throw invalidField('/expectedDischargeAt', 'past')
  if (to > addCalendarDays(calendar, now, farthestDays)) throw invalidField('/expectedDischargeAt', 'too-far')
}
