import { SlotVisit } from '@maillage/contracts/slots/care-slots'
import {
  CalendarFeed,
  ChangedSlotSeries,
  type ChangeSlotSeries,
  type CloseSlots,
  DaySlots,
  EndedSlotSeries,
  NewCalendarFeed,
  PractitionerSlots,
  PublishedSlotSeries,
  PublishedSlots,
  type PublishSlotSeries,
  type PublishSlots,
  type Slot,
  WithdrawnSlotSeries,
} from '@maillage/contracts/slots/slots'
import * as z from 'zod'
import type { Http } from '../../platform/http.ts'

/** What the screens of slots ask of the API. */
export interface SlotsApi {
  week: (id: string, from: string, days: number, signal: AbortSignal) => Promise<PractitionerSlots>
  publish: (id: string, body: PublishSlots, key: string) => Promise<PublishedSlots>
  publishSeries: (id: string, body: PublishSlotSeries, key: string) => Promise<PublishedSlotSeries>
  changeSeries: (id: string, seriesId: string, body: ChangeSlotSeries) => Promise<ChangedSlotSeries>
  withdrawSeries: (id: string, seriesId: string, version: number) => Promise<WithdrawnSlotSeries>
  endSeries: (id: string, seriesId: string, version: number) => Promise<EndedSlotSeries>
  close: (id: string, slots: readonly Pick<Slot, 'id' | 'version'>[], closed: boolean) => Promise<true>
  feed: (id: string, signal: AbortSignal) => Promise<CalendarFeed>
  renewFeed: (id: string) => Promise<NewCalendarFeed>
  dropFeed: (id: string) => Promise<CalendarFeed>
  day: (day: string | undefined, signal: AbortSignal) => Promise<DaySlots>
  booked: (id: string, signal: AbortSignal) => Promise<SlotVisit>
}

/** The calls of the slice, each answer read by its contract. */
export function slotsApi(http: Http): SlotsApi {
  const of = (id: string): string => `/practitioners/${id}`
  return {
    week: (id, from, days, signal) => http.get(`${of(id)}/slots`, PractitionerSlots, { query: { from, days }, signal }),
    publish: (id, body, idempotencyKey) => http.post(`${of(id)}/slots`, body, PublishedSlots, { idempotencyKey }),
    publishSeries: (id, body, idempotencyKey) =>
      http.post(`${of(id)}/slot-series`, body, PublishedSlotSeries, { idempotencyKey }),
    changeSeries: (id, seriesId, body) => http.put(`${of(id)}/slot-series/${seriesId}`, body, ChangedSlotSeries),
    withdrawSeries: (id, seriesId, version) =>
      http.post(`${of(id)}/slot-series/${seriesId}/withdrawal`, { version }, WithdrawnSlotSeries),
    endSeries: (id, seriesId, version) =>
      http.post(`${of(id)}/slot-series/${seriesId}/end`, { version }, EndedSlotSeries),
    close: async (id, slots, closed) => {
      const body: CloseSlots = { closed, slots: slots.map((slot) => ({ id: slot.id, version: slot.version })) }
      await http.post(`${of(id)}/slots/closing`, body, z.void())
      return true
    },
    feed: (id, signal) => http.get(`${of(id)}/calendar-feed`, CalendarFeed, { signal }),
    renewFeed: (id) => http.post(`${of(id)}/calendar-feed`, undefined, NewCalendarFeed),
    dropFeed: (id) => http.delete(`${of(id)}/calendar-feed`, CalendarFeed),
    day: (day, signal) => http.get('/slots', DaySlots, { query: { day }, signal }),
    booked: (id, signal) => http.get(`/unscheduled-cares/${id}/visit`, SlotVisit, { signal }),
  }
}
