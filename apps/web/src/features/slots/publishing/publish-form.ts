import {
  ChangeSlotSeries,
  PublishSlotSeries,
  PublishSlots,
  type SlotSeries,
  type SlotVisibility,
  type SlotWeekday,
} from '@maillage/contracts/slots/slots'
import type { CareMode } from '@maillage/contracts/unscheduled-care'
import { weekdayOf } from '../slot-week.ts'

/** What is typed to publish slots. */
export interface PublishForm {
  day: string
  time: string
  durationMinutes: number
  count: number
  capacity: number
  mode: CareMode
  visibility: SlotVisibility[]
  isRepeated: boolean
  days: SlotWeekday[]
  everyWeeks: number
  until: string
  excluded: string[]
  onClosedDays: boolean
}

/** A quarter of an hour at the practice, seen by the coordination: what is published most. */
export const blankForm = (day: string): PublishForm => ({
  day,
  time: '14:00',
  durationMinutes: 20,
  count: 1,
  capacity: 1,
  mode: 'practice',
  visibility: ['SNP', 'CPTS'],
  isRepeated: false,
  days: [weekdayOf(day)],
  everyWeeks: 1,
  until: '',
  excluded: [],
  onClosedDays: false,
})

export type Publication =
  | { kind: 'day'; body: PublishSlots }
  | { kind: 'series'; body: PublishSlotSeries }
  | { kind: 'fault'; fault: string }

/** What to send, or what is missing, in words. */
export function publicationOf(form: PublishForm): Publication {
  const { day, time, durationMinutes, count, capacity, mode, visibility } = form
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return { kind: 'fault', fault: 'Indiquez le jour.' }
  if (!/^\d{2}:\d{2}$/.test(time)) return { kind: 'fault', fault: 'Indiquez l’heure du premier créneau.' }
  if (visibility.length === 0) return { kind: 'fault', fault: 'Choisissez à qui montrer ces créneaux.' }
  const common = { time, durationMinutes, count, capacity, mode, visibility }
  if (!form.isRepeated) {
    const parsed = PublishSlots.safeParse({ day, ...common })
    return parsed.success ? { kind: 'day', body: parsed.data } : { kind: 'fault', fault: odd }
  }
  if (form.days.length === 0) return { kind: 'fault', fault: 'Choisissez au moins un jour de la semaine.' }
  const { days, everyWeeks, excluded, onClosedDays } = form
  const until = form.until ? { until: form.until } : {}
  const rule = { days, everyWeeks, from: day, ...until, excluded, onClosedDays }
  const parsed = PublishSlotSeries.safeParse({ ...rule, ...common })
  return parsed.success ? { kind: 'series', body: parsed.data } : { kind: 'fault', fault: odd }
}

/** A series as it is edited: what it says now. */
export const formOf = (series: SlotSeries): PublishForm => ({
  day: series.from,
  time: series.time,
  durationMinutes: series.durationMinutes,
  count: series.count,
  capacity: series.capacity,
  mode: series.mode,
  visibility: [...series.visibility],
  isRepeated: true,
  days: [...series.days],
  everyWeeks: series.everyWeeks,
  until: series.until ?? '',
  excluded: [...series.excluded],
  onClosedDays: series.onClosedDays,
})

/** The change to send, or what is missing, in words. Its first day is no part of it. */
export function changeOf(form: PublishForm, version: number): ChangeSlotSeries | { fault: string } {
  const publication = publicationOf(form)
  if (publication.kind !== 'series') return { fault: publication.kind === 'fault' ? publication.fault : odd }
  const { from: _from, ...rule } = publication.body
  return ChangeSlotSeries.parse({ ...rule, version })
}

const odd = 'Un champ n’est pas rempli comme attendu.'
