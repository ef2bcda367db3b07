import {
  unscheduledCareMoveFields as fields,
  redirectReasons,
  type UnscheduledCareAction,
  type UnscheduledCareStatus,
  unbookReasons,
  unmetReasons,
  unscheduledCancelReasons,
} from '@maillage/contracts/unscheduled-care'
import type { Move } from '../../kernel/machine.ts'

const open = [
  'submitted',
  'triaged',
  'offering',
  'booked',
  'no_show',
] as const satisfies readonly UnscheduledCareStatus[]

/** The consequences of proposals: no person does these, `by` names the system alone. */
type Consequence = 'proposal-sent' | 'proposals-ended' | 'accepted' | 'released'

/**
 * The life of a request for unscheduled care (domain notes D3). No line lets the system reach a final status: a request
 * past its deadline stays on top of the queue until somebody answers for it.
 */
export const unscheduledCareMachine = {
  triage: {
    from: ['submitted', 'triaged', 'offering'],
    to: 'triaged',
    by: ['coordinator', 'practitioner'],
    practitionerAs: ['requester'],
    fields: fields.triage,
  },
  'proposal-sent': { from: ['triaged'], to: 'offering', by: ['system'] },
  'proposals-ended': { from: ['offering'], to: 'triaged', by: ['system'] },
  accepted: { from: ['offering'], to: 'booked', by: ['system'] },
  released: { from: ['booked'], to: 'triaged', by: ['system'] },
  book: { from: ['triaged', 'offering'], to: 'booked', by: ['coordinator'], fields: fields.book },
  attend: { from: ['booked'], to: 'attended', by: ['coordinator', 'practitioner'], fields: fields.attend },
  'record-no-show': {
    from: ['booked'],
    to: 'no_show',
    by: ['coordinator', 'practitioner'],
    fields: fields['record-no-show'],
  },
  // Once: the effect refuses a second time, and the view says so.
  retry: { from: ['no_show'], to: 'triaged', by: ['coordinator'], fields: fields.retry },
  unbook: {
    from: ['booked'],
    to: 'triaged',
    by: ['coordinator', 'practitioner'],
    fields: fields.unbook,
    reasons: unbookReasons,
  },
  // `emergency_15` by whoever sees the case; the other reasons are the coordinator's, which the effect judges.
  redirect: {
    from: open,
    to: 'redirected',
    by: ['coordinator', 'practitioner', 'requester', 'hospital_staff'],
    practitionerAs: ['accepted', 'requester'],
    fields: fields.redirect,
    reasons: redirectReasons,
  },
  'close-unmet': {
    from: ['triaged', 'offering'],
    to: 'closed_no_solution',
    by: ['coordinator'],
    fields: fields['close-unmet'],
    reasons: unmetReasons,
  },
  cancel: {
    from: open,
    to: 'cancelled',
    by: ['coordinator', 'practitioner', 'requester', 'hospital_staff'],
    practitionerAs: ['requester'],
    fields: fields.cancel,
    reasons: unscheduledCancelReasons,
  },
} as const satisfies Record<UnscheduledCareAction | Consequence, Move<UnscheduledCareStatus>>

export const unscheduledCareFinalStatuses = [
  'attended',
  'redirected',
  'closed_no_solution',
  'cancelled',
] as const satisfies readonly UnscheduledCareStatus[]
