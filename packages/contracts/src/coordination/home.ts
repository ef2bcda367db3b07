import * as z from 'zod'
import { Band, CoverageLine, PersonRef } from '../cases.ts'
import { DayDate, Instant } from '../kit/dates.ts'
import { CoordinatorAbsence } from './coordinator-absences.ts'
import { CaseLine } from './reminders.ts'

const count = z.int()

/** The four figures, each what the queue shows under the filters that its link carries. */
export const HomeFigures = z.object({
  late: count,
  oldestLateAt: Instant.nullable(),
  dueToday: count,
  /** Submitted and not yet sorted, whatever the kind. */
  new: count,
  newUnowned: count,
  /** Unscheduled requests closed without any solution, and those of the last 30 days. */
  unmet: count,
  unmetRecent: count,
})
export type HomeFigures = z.infer<typeof HomeFigures>

/** An answer to a proposal: `expired` is a silence. */
export const AnswerLine = z.object({
  id: z.string(),
  status: z.enum(['accepted', 'declined', 'expired']),
  reason: z.string().nullable(),
  practitioner: z.string(),
  at: Instant,
  case: CaseLine,
})
export type AnswerLine = z.infer<typeof AnswerLine>

/** A discharge expected within 48 hours, or past, with a need that nobody covers yet. */
export const DepartureLine = z.object({ case: CaseLine, expectedAt: Instant, coverage: z.array(CoverageLine) })
export type DepartureLine = z.infer<typeof DepartureLine>

/** Nobody of the coordination has opened it: the same day was asked for, the band is the first, or it was escalated. */
export const alertReasons = ['same-day', 'first-band', 'escalated'] as const
export const AlertLine = z.object({
  case: CaseLine,
  reason: z.enum(alertReasons),
  band: Band,
  since: Instant,
  /** When a mail told it; null as long as none did. */
  toldAt: Instant.nullable(),
})
export type AlertLine = z.infer<typeof AlertLine>

/** What one stands in for: a colleague who is away, with what is theirs and waits. */
export const StandIn = z.object({ colleague: PersonRef, until: DayDate, late: count, callbacks: count, alerts: count })
export type StandIn = z.infer<typeof StandIn>

const upTo = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), total: count })

export const Home = z.object({
  /** Since when answers are news. */
  since: Instant,
  figures: HomeFigures,
  answers: upTo(AnswerLine),
  departures: upTo(DepartureLine),
  alerts: upTo(AlertLine),
  standIns: z.array(StandIn),
  /** One's own absence that runs or comes next. */
  absence: CoordinatorAbsence.nullable(),
})
export type Home = z.infer<typeof Home>

/** The badge of the navigation: cases and callbacks that are late for this person, or for whom they stand in. */
export const LateForMe = z.object({ late: count })
