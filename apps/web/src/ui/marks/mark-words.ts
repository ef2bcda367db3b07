import { daysBetween, duration } from '../words/dates.ts'
import { counted } from '../words/typography.ts'
import type { NeedLine, NeedState } from './mark-types.ts'

const NBSP = '\u00A0'

const needWords: Record<NeedState, string> = {
  covered: 'couvert',
  proposed: 'proposé',
  open: 'à couvrir',
  unmet: 'sans solution',
  not_needed: 'inutile',
}

export interface Coverage {
  /** The needs that count: those found useless are left out. */
  wanted: NeedLine[]
  covered: number
  /** « 1 besoin couvert sur 4 ». */
  count: string
  /** « Infirmière : couvert par C. Sabatier, Kiné : à couvrir ». */
  detail: string
}

/** What the coverage of a discharge's needs says. */
export function coverageInWords(needs: readonly NeedLine[]): Coverage {
  const wanted = needs.filter((need) => need.state !== 'not_needed')
  const covered = wanted.filter((need) => need.state === 'covered').length
  const count =
    wanted.length === 0
      ? 'Aucun besoin'
      : `${counted(covered, 'besoin couvert', 'besoins couverts')} sur ${wanted.length}`
  const detail = wanted
    .map((need) => {
      const by = need.state === 'covered' && need.by ? ` par ${need.by}` : ''
      return `${need.label}${NBSP}: ${needWords[need.state]}${by}`
    })
    .join(', ')
  return { wanted, covered, count, detail }
}

export interface Places {
  words: string
  /** Said after the words to screen readers, empty when it would add nothing. */
  outOf: string
  /** One entry a place, true when free; empty when there are too many to draw, or no total. */
  dots: boolean[]
}

/** Places left for new patients: a dot a place up to six, figures beyond; zero is written, never hidden. */
export function placesInWords(left: number, total: number | null): Places {
  const free = Math.max(0, left)
  const drawn = total !== null && total > 0 && total <= 6
  return {
    words: counted(free, 'place', 'places', 'complet'),
    outOf: total !== null && total > 0 && free > 0 ? ` sur ${total}` : '',
    dots: drawn ? Array.from({ length: total }, (_, index) => index < free) : [],
  }
}

export interface Clock {
  /** Part of the time that is left, 0 to 1. */
  share: number
  /** The last quarter is said in words as well: « plus que 40 min ». */
  ending: boolean
  words: string
}

/** The time left to answer a proposal. Past its end it says so: the server may take a minute to close it. */
export function proposalClock(sentAt: Date, expiresAt: Date, now: Date): Clock {
  const total = Math.max(1, expiresAt.getTime() - sentAt.getTime())
  const left = expiresAt.getTime() - now.getTime()
  if (left <= 0) return { share: 0, ending: true, words: 'délai écoulé' }
  const share = Math.min(1, left / total)
  const ending = share <= 0.25
  return { share, ending, words: `${ending ? 'plus que' : 'reste'} ${duration(left)}` }
}

export interface Freshness {
  stale: boolean
  words: string
}

/** How long ago a fact was confirmed, in days of the calendar; `everyDays` is the interval that the CPTS sets. */
export function freshnessInWords(confirmedAt: Date, now: Date, everyDays: number): Freshness {
  const days = Math.max(0, daysBetween(confirmedAt, now))
  if (days >= everyDays) return { stale: true, words: `à reconfirmer (${days}${NBSP}j)` }
  const near: Record<number, string> = { 0: 'aujourd’hui', 1: 'hier' }
  return { stale: false, words: `confirmé ${near[days] ?? `il y a ${days}${NBSP}j`}` }
}
