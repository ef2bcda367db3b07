import type * as z from 'zod'
import type { OperationExamples } from '../examples/operation-examples.ts'
import { exampleIds, examplePhysician } from '../examples/people.ts'
import { exampleUnscheduledCare } from '../examples/unscheduled-care.ts'
import type { FreeSlots, HoldSlot, SlotHold, SlotVisit } from './care-slots.ts'
import type {
  CalendarFeed,
  ChangedSlotSeries,
  ChangeSlotSeries,
  CloseSlots,
  DaySlots,
  EndedSlotSeries,
  EndSlotSeries,
  NewCalendarFeed,
  PractitionerSlots,
  PublishedSlotSeries,
  PublishedSlots,
  PublishSlotSeries,
  PublishSlots,
  Slot,
  SlotPractitioner,
  SlotSeries,
  WithdrawnSlotSeries,
} from './slots.ts'

const slotId = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1d01'
const seriesId = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1d02'

const practitioner = {
  id: exampleIds.practitioner,
  displayName: examplePhysician.displayName,
  profession: 'physician',
  municipality: 'Bordeaux',
  practicePhone: '+33536490020',
} as const satisfies z.input<typeof SlotPractitioner>

const common = {
  time: '14:00',
  durationMinutes: 20,
  count: 2,
  capacity: 1,
  mode: 'practice',
  visibility: ['SNP', 'CPTS'],
} as const

const hours = { startsAt: '2026-03-03T13:00:00.000Z', endsAt: '2026-03-03T13:20:00.000Z' } as const

const slot = {
  id: slotId,
  seriesId,
  ...hours,
  mode: 'practice',
  visibility: ['SNP', 'CPTS'],
  capacity: 1,
  booked: 0,
  held: 0,
  state: 'free',
  mustMove: false,
  cases: [],
  version: 1,
} satisfies z.input<typeof Slot>

const series = {
  id: seriesId,
  days: ['tue', 'thu'],
  everyWeeks: 1,
  from: '2026-03-02',
  until: null,
  excluded: ['2026-03-12'],
  onClosedDays: false,
  ...common,
  visibility: ['SNP', 'CPTS'],
  version: 1,
} satisfies z.input<typeof SlotSeries>

const hold = {
  slot: { id: slotId, ...hours, mode: 'practice', practitioner },
  heldUntil: '2026-03-02T09:15:00.000Z',
  heldByName: 'Ana Modèle',
} as const satisfies z.input<typeof SlotHold>

const free = {
  wantedBefore: '2026-03-03T09:00:00.000Z',
  hold: null,
  items: [
    {
      id: slotId,
      ...hours,
      mode: 'practice',
      placesLeft: 1,
      practitioner,
      distanceKm: 3.2,
      reasons: [
        { code: 'in-time' },
        { code: 'near', value: 3.2 },
        { code: 'few-booked', value: 1 },
        { code: 'week-cap', value: 1, of: 20 },
      ],
    },
  ],
  mayBook: true,
} satisfies z.input<typeof FreeSlots>

const feedUrl = 'https://maillage.example/api/v1/calendars/AZOw8nwee3qcVS9vCk8cAQ-secret.ics'

export const slotExamples = {
  getPractitionersByIdSlots: {
    answer: { timeZone: 'Europe/Paris', items: [slot], series: [series] } satisfies z.input<typeof PractitionerSlots>,
  },
  postPractitionersByIdSlots: {
    bodies: {
      day: { day: '2026-03-03', ...common, visibility: ['SNP', 'CPTS'] } satisfies z.input<typeof PublishSlots>,
    },
    answer: { ids: [slotId] } satisfies z.input<typeof PublishedSlots>,
  },
  postPractitionersByIdSlotSeries: {
    bodies: {
      weekly: {
        days: ['tue', 'thu'],
        everyWeeks: 1,
        from: '2026-03-02',
        excluded: ['2026-03-12'],
        onClosedDays: false,
        ...common,
        visibility: ['SNP', 'CPTS'],
      } satisfies z.input<typeof PublishSlotSeries>,
    },
    answer: { series, made: 30 } satisfies z.input<typeof PublishedSlotSeries>,
  },
  postPractitionersByIdSlotSeriesBySeriesIdEnd: {
    bodies: { version: { version: 1 } satisfies z.input<typeof EndSlotSeries> },
    answer: { closed: 29, kept: 1 } satisfies z.input<typeof EndedSlotSeries>,
  },
  putPractitionersByIdSlotSeriesBySeriesId: {
    bodies: {
      later: {
        days: ['tue', 'thu'],
        everyWeeks: 1,
        excluded: [],
        onClosedDays: false,
        ...common,
        time: '15:00',
        visibility: ['SNP', 'CPTS'],
        version: 1,
      } satisfies z.input<typeof ChangeSlotSeries>,
    },
    answer: {
      series: { ...series, time: '15:00', version: 2 },
      open: 29,
      kept: [{ id: slotId, ...hours, state: 'booked' }],
    } satisfies z.input<typeof ChangedSlotSeries>,
  },
  postPractitionersByIdSlotSeriesBySeriesIdWithdrawal: {
    bodies: { version: { version: 1 } satisfies z.input<typeof EndSlotSeries> },
    answer: { closed: 30 } satisfies z.input<typeof WithdrawnSlotSeries>,
  },
  postPractitionersByIdSlotsClosing: {
    bodies: { close: { closed: true, slots: [{ id: slotId, version: 1 }] } satisfies z.input<typeof CloseSlots> },
  },
  getSlots: {
    answer: {
      day: '2026-03-03',
      timeZone: 'Europe/Paris',
      counts: { free: 1, held: 0, booked: 0, lost: 0 },
      items: [{ ...slot, practitioner }],
    } satisfies z.input<typeof DaySlots>,
  },
  getPractitionersByIdCalendarFeed: {
    answer: { since: '2026-03-02T09:00:00.000Z' } satisfies z.input<typeof CalendarFeed>,
  },
  postPractitionersByIdCalendarFeed: {
    answer: { url: feedUrl, since: '2026-03-02T09:00:00.000Z' } satisfies z.input<typeof NewCalendarFeed>,
  },
  deletePractitionersByIdCalendarFeed: { answer: { since: null } satisfies z.input<typeof CalendarFeed> },
  getCalendarsByTokenIcs: { answer: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR' },
  getUnscheduledCaresByIdFreeSlots: { answer: free },
  putUnscheduledCaresByIdSlotHold: {
    bodies: { hold: { slotId } satisfies z.input<typeof HoldSlot> },
    answer: { ...free, hold } satisfies z.input<typeof FreeSlots>,
  },
  deleteUnscheduledCaresByIdSlotHold: { answer: free },
  getUnscheduledCaresByIdVisit: {
    answer: {
      care: exampleUnscheduledCare,
      phones: ['+33639980001'],
      addressLine: '2 rue des Essais',
      postalCode: '33000',
      hoursToCall: null,
      noVoicemail: false,
    } satisfies z.input<typeof SlotVisit>,
  },
} satisfies OperationExamples
