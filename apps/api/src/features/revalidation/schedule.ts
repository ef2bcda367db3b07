import type { AskingChannel } from '@maillage/contracts/revalidation'
import { addCalendarDays, type Calendar, nextOpening } from '../../kernel/calendar.ts'

/**
 * When and how often those who wait are asked, as their CPTS set it. The product's own (domain notes D7, no national
 * rule): after 90 days; three attempts on two channels at least, a week apart; then 30 days of grace.
 */
export interface RevalidationDelays {
  readonly everyDays: number
  readonly attempts: number
  readonly gapDays: number
  readonly graceDays: number
}

/** A list that was never asked is asked over some days, not all of it in one morning; and so is a campaign bounded. */
export const mostAsked = { aDay: 1500, aCampaign: 20_000 } as const

/** From the first attempt to the end of the grace. */
const wholeDays = ({ attempts, gapDays, graceDays }: RevalidationDelays): number => (attempts - 1) * gapDays + graceDays

/** How long the link of a message answers: until after the grace, and a fortnight more. */
export const linkDays = (delays: RevalidationDelays): number => wholeDays(delays) + 15

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

/** In which order somebody is asked: by what disturbs least first, and never thrice by the same way where there is another; then by hand. */
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
 * How to ask next; `grace` once the attempts wanted (three at least) reached two channels. Somebody with one way alone is never given up by
 * the clock: they stay on the list of those to write to, until a person decides.
 */
export function nextWay(contact: Contact, attempts: readonly Attempt[], wanted: number): AskingChannel | 'grace' {
  const made = attempts.filter(({ bounced }) => !bounced).map(({ channel }) => channel)
  const left = withoutBounced(contact, attempts)
  if (made.length < wanted) return planOf(left)[made.length] ?? (left.hasPhone ? 'phone' : 'letter')
  if (new Set(made).size > 1) return 'grace'
  return left.hasPhone && !made.includes('phone') ? 'phone' : 'letter'
}

/** The first way of asking somebody: what a preview counts. */
export const firstWay = (contact: Contact): AskingChannel => planOf(contact)[0]

/** Does it need a hand: a call, a letter? */
export const isByHand = (channel: AskingChannel): channel is 'phone' | 'letter' =>
  channel === 'phone' || channel === 'letter'

/** When the next attempt is due after one made now: while the CPTS is open. */
export const nextAttemptAt = (calendar: Calendar, now: Date, { gapDays }: RevalidationDelays): Date =>
  nextOpening(calendar, addCalendarDays(calendar, now, gapDays))

/** When the grace that begins now is over: never while nobody could answer a call. */
export const graceEnd = (calendar: Calendar, now: Date, { graceDays }: RevalidationDelays): Date =>
  nextOpening(calendar, addCalendarDays(calendar, now, graceDays))

/** Until when somebody asked from now on may answer, if every attempt is made on its day: their search is not late before. */
export const answerBy = (calendar: Calendar, now: Date, delays: RevalidationDelays): Date =>
  nextOpening(calendar, addCalendarDays(calendar, now, wholeDays(delays)))

/** Whoever said before this that they still search is asked again. */
export const askedBefore = (calendar: Calendar, now: Date, { everyDays }: RevalidationDelays): Date =>
  addCalendarDays(calendar, now, -everyDays)
