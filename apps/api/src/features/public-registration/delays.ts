const minute = 60_000

/** Defaults of the product for what the public pages keep and for how long. */
export const delays = {
  /** Time to fill five pages in, with a phone call in between. */
  draftMs: 180 * minute,
  /** An unconfirmed request vanishes after as many days: domain notes D2 leave it open, seven is our choice. */
  confirmDays: 7,
  /** A link of follow-up serves as long as a search may last; asked again, another one is sent. */
  followUpDays: 400,
  /** A birth date opens the follow-up for so long. */
  visitMs: 30 * minute,
  /** Wrong birth dates before the door shuts, and for how long it does. */
  mostTries: 5,
  lockMs: 60 * minute,
  /** No person reads five pages in less. */
  leastFillingMs: 4000,
  /** Requests that one address may send in a day. */
  mostSentADay: 3,
} as const
