import type { CaseKindName, TimelineEntry } from '@maillage/contracts/cases'
import { momentInWords } from '../../ui/words/dates.ts'
import { type StoryLine, storyLine } from '../words/timeline-words.ts'

/** What of a story is read: everything, what was said, or how far the case went. */
export const storyFilters = ['all', 'exchanges', 'steps'] as const
export type StoryFilter = (typeof storyFilters)[number]

export const storyFilterLabels: Record<StoryFilter, string> = {
  all: 'Tout',
  exchanges: 'Échanges',
  steps: 'Étapes',
}

const exchanges: readonly TimelineEntry['type'][] = ['note', 'contact-attempt', 'message', 'reminder']
const isExchange = ({ type }: TimelineEntry): boolean => exchanges.includes(type)

/** The entries that a filter keeps, in the order given. */
export function kept(entries: readonly TimelineEntry[], filter: StoryFilter): readonly TimelineEntry[] {
  if (filter === 'all') return entries
  return entries.filter((entry) => isExchange(entry) === (filter === 'exchanges'))
}

export interface ShownLine extends StoryLine {
  id: string
  at: Date
  by: string
}

/** « Vous avez trié », « Samira a trié ». */
const told = (by: string, what: string): string =>
  by === 'Vous' ? what.replace(/^a /, 'avez ').replace(/^est /, 'êtes ') : what

interface Reading {
  kind: CaseKindName
  reasonLabels: Readonly<Record<string, string>>
  /** Who reads: their own deeds are told as « Vous ». */
  me: string | undefined
}

/** A story as it is read: who, what, when, one line each; offers sent together by one person make one line. */
export function shownLines(entries: readonly TimelineEntry[], { kind, reasonLabels, me }: Reading): ShownLine[] {
  return gathered(entries).map(({ entry, more }) => {
    const by = entry.by === me ? 'Vous' : entry.by
    const line = storyLine(kind, entry, reasonLabels)
    const others = more > 0 ? ` et ${more === 1 ? 'une autre personne' : `${more} autres`}` : ''
    return { ...line, what: `${told(by, line.what)}${others}`, id: entry.id, at: new Date(entry.at), by }
  })
}

/** « hier 14:20 », « 20 nov. 16:05 »: the day of the week says little of what is past, and takes the room of a word. */
export const toldAt = (at: Date, now: Date): string => momentInWords(at, now).replace(/^[a-z]{3}\.\s(?=\d)/, '')

interface Gathered {
  entry: TimelineEntry
  more: number
}

const together = 60_000

function gathered(entries: readonly TimelineEntry[]): Gathered[] {
  const lines: Gathered[] = []
  const offers = new Set(entries.filter(({ type }) => type === 'proposal').map(({ at, by }) => `${at} ${by}`))
  for (const entry of entries) {
    // What an offer or its answer made of the case is read in the offer's own line.
    if (entry.type === 'move' && offers.has(`${entry.at} ${entry.by}`)) continue
    const last = lines.at(-1)
    if (last && isSameSending(last.entry, entry)) last.more += 1
    else lines.push({ entry, more: 0 })
  }
  return lines
}

function isSameSending(one: TimelineEntry, other: TimelineEntry): boolean {
  const isSent = (entry: TimelineEntry): boolean => entry.type === 'proposal' && entry.action === 'sent'
  if (!isSent(one) || !isSent(other) || one.by !== other.by) return false
  return Math.abs(new Date(one.at).getTime() - new Date(other.at).getTime()) < together
}
