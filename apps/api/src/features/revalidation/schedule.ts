import type { AskingChannel } from '@maillage/contracts/revalidation'
import { addCalendarDays, type Calendar, nextOpening } from '../../kernel/calendar.ts'

/**
 * Domain notes D7, the product's defaults and no national rule: asked after 90 days; three attempts on two channels at
 * least, a week apart; then 30 days of grace.
 */
export const revalidationDelays = {
  everyDays: 90,
  attemptDays: [0, 7, 14],
  graceDays: 30,
  /** How long the link of a message answers: until after the grace. */
  linkDays: 60,
  /** A list that was never asked is asked over some days, not all of it in one morning. */
  mostADay: 1500,
  mostACampaign: 20_000,
} as const

const wantedAttempts = revalidationDelays.attemptDays.length

/** How somebody can be reached. */
export interface Contact {
  readonly email: string | null
  readonly mobile: string | null
  /** Any number at all. */
  readonly hasPhone: boolean
}

/** One attempt that was made; `bounced` when its message came back: then it asked nobody. */
export interface Attempt {
  readonly channel: AskingChannel
  readonly bounced: boolean
}

/** In which order somebody is asked: by what disturbs least first, and never thrice by the same way where there is another. */
function planOf({ email, mobile, hasPhone }: Contact): readonly [AskingChannel, AskingChannel, AskingChannel] {
  if (email && mobile) return ['email', 'sms', 'phone']
  if (email) return ['email', 'email', hasPhone ? 'phone' : 'letter']
  if (mobile) return ['sms', 'sms', 'phone']
  return hasPhone ? ['phone', 'phone', 'letter'] : ['letter', 'letter', 'letter']
}

/** The ways that did not fail. A number that takes no text message may still be called. */
function withoutBounced(contact: Contact, attempts: readonly Attempt[]): Contact {
  const failed = (channel: AskingChannel): boolean => attempts.some((one) => one.bounced && one.channel === channel)
  return {
    email: failed('email') ? null : contact.email,
    mobile: failed('sms') ? null : contact.mobile,
    hasPhone: contact.hasPhone,
  }
}

/**
 * How to ask next; `grace` once three attempts reached two channels. Somebody with one way alone is never given up by
 * the clock: they stay on the list of those to write to, until a person decides.
 */
export function nextWay(contact: Contact, attempts: readonly Attempt[]): AskingChannel | 'grace' {
  const made = attempts.filter(({ bounced }) => !bounced).map(({ channel }) => channel)
  const left = withoutBounced(contact, attempts)
  if (made.length < wantedAttempts) return planOf(left)[made.length] ?? 'letter'
  if (new Set(made).size > 1) return 'grace'
  return left.hasPhone && !made.includes('phone') ? 'phone' : 'letter'
}

/** The first way of asking somebody: what a preview counts. */
export const firstWay = (contact: Contact): AskingChannel => planOf(contact)[0]

/** Does it need a hand: a call, a letter? */
export const isByHand = (channel: AskingChannel): channel is 'phone' | 'letter' =>
  channel === 'phone' || channel === 'letter'

/** When the next attempt is due after one made now: a week later, while the CPTS is open. */
export function nextAttemptAt(calendar: Calendar, now: Date, made: number): Date {
  const { attemptDays } = revalidationDelays
  const gap = (attemptDays[made] ?? 0) - (attemptDays[made - 1] ?? 0)
  return nextOpening(calendar, addCalendarDays(calendar, now, gap > 0 ? gap : attemptDays[1]))
}

/** When the grace that begins now is over: never while nobody could answer a call. */
export const graceEnd = (calendar: Calendar, now: Date): Date =>
  nextOpening(calendar, addCalendarDays(calendar, now, revalidationDelays.graceDays))

/** Whoever said before this that they still search is asked again. */
export const askedBefore = (calendar: Calendar, now: Date): Date =>
  addCalendarDays(calendar, now, -revalidationDelays.everyDays)
