import { type CalendarDateTime, fromDate, toCalendarDateTime, toZoned } from '@internationalized/date'
import type { NoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import type { NoticePace } from '../../../kernel/notices/notice-kind.ts'

type Hours = Pick<NoticeChoices, 'quiet' | 'urgentPasses' | 'digest'>

/**
 * When a message that could leave now does leave, on the clock of the CPTS. What the person asked for leaves at once; what
 * is urgent too, unless they closed their quiet hours to it; the rest waits for the day's message where one was chosen,
 * and for the end of quiet hours.
 */
export function whenDue(hours: Hours, pace: NoticePace, timeZone: string, now: Date): Date {
  if (pace === 'asked' || (pace === 'urgent' && hours.urgentPasses)) return now
  const from = pace === 'quiet' && hours.digest.every === 'day' ? nextAt(hours.digest.at, timeZone, now) : now
  return afterQuiet(hours.quiet, timeZone, from)
}

/** The instant itself, or the end of the quiet hours that it falls in. */
export function afterQuiet(quiet: NoticeChoices['quiet'], timeZone: string, at: Date): Date {
  return quiet && isQuiet(quiet, timeZone, at) ? nextAt(quiet.until, timeZone, at) : at
}

function isQuiet({ from, until }: NonNullable<NoticeChoices['quiet']>, timeZone: string, at: Date): boolean {
  const { hour, minute } = fromDate(at, timeZone)
  const clock = hour * 60 + minute
  return from < until ? clock >= from && clock < until : clock >= from || clock < until
}

/**
 * The next instant, after this one, at which the clock on the wall shows this minute of the day. In the night when the
 * clock goes back an hour is lived twice: its second turn counts too. When it goes forward, a minute that does not exist
 * is taken an hour later.
 */
function nextAt(minuteOfDay: number, timeZone: string, after: Date): Date {
  const today = toCalendarDateTime(fromDate(after, timeZone))
  for (const days of [0, 1, 2]) {
    const wall = atMinute(today.add({ days }), minuteOfDay)
    for (const turn of ['earlier', 'later'] as const) {
      const at = toZoned(wall, timeZone, turn).toDate()
      const shown = fromDate(at, timeZone)
      // `earlier` of a minute that does not exist comes before the gap, where the clock shows something else.
      const isShown = shown.hour * 60 + shown.minute === minuteOfDay
      if (at > after && (isShown || turn === 'later')) return at
    }
  }
  return after
}

const atMinute = (day: CalendarDateTime, minutes: number): CalendarDateTime =>
  day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0, millisecond: 0 })
