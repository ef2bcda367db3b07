import {
  gpSearchMoveFields as fields,
  type GpSearchAction,
  type GpSearchStatus,
  gpSearchClosingReasons,
  gpSearchHoldReasons,
  gpSearchReopenReasons,
  unmatchReasons,
} from '@maillage/contracts/gp-search'
import type { Move } from '../../kernel/machine.ts'

const open = [
  'draft',
  'submitted',
  'info_requested',
  'eligible',
  'on_hold',
  'proposing',
  'matched',
  'visit_booked',
] as const satisfies GpSearchStatus[]

/** The consequences of proposals, of households and of merges: no person does these, `by` names the system alone. */
type Consequence = 'proposal-sent' | 'proposals-ended' | 'accepted' | 'released' | 'joined-household' | 'taken-up'

/** The life of a search for a médecin traitant (domain notes D2). */
export const gpSearchMachine = {
  submit: {
    from: ['draft'],
    to: 'submitted',
    by: ['coordinator', 'practitioner', 'requester'],
    practitionerAs: ['requester'],
    fields: fields.submit,
  },
  'request-info': { from: ['submitted'], to: 'info_requested', by: ['coordinator'], fields: fields['request-info'] },
  'provide-info': {
    from: ['info_requested'],
    to: 'submitted',
    by: ['coordinator', 'requester', 'practitioner', 'system'],
    practitionerAs: ['requester'],
    fields: fields['provide-info'],
  },
  qualify: { from: ['submitted'], to: 'eligible', by: ['coordinator'], fields: fields.qualify },
  'proposal-sent': { from: ['eligible'], to: 'proposing', by: ['system'] },
  'proposals-ended': { from: ['proposing'], to: 'eligible', by: ['system'] },
  accepted: { from: ['proposing'], to: 'matched', by: ['system'] },
  released: { from: ['matched', 'visit_booked'], to: 'eligible', by: ['system'] },
  'tell-patient': {
    from: ['matched'],
    to: 'matched',
    by: ['coordinator', 'practitioner', 'secretary'],
    fields: fields['tell-patient'],
  },
  'book-visit': {
    from: ['matched', 'visit_booked'],
    to: 'visit_booked',
    by: ['coordinator', 'practitioner', 'secretary'],
    fields: fields['book-visit'],
  },
  // The first time back to matched; the second time on hold, and a call is due.
  'record-no-show': {
    from: ['visit_booked'],
    to: 'derived',
    by: ['coordinator', 'practitioner', 'secretary'],
    fields: fields['record-no-show'],
  },
  declare: {
    from: ['matched', 'visit_booked'],
    to: 'declared',
    by: ['coordinator', 'practitioner', 'secretary'],
    fields: fields.declare,
  },
  unmatch: {
    from: ['matched', 'visit_booked'],
    to: 'eligible',
    by: ['coordinator', 'practitioner'],
    fields: fields.unmatch,
    reasons: unmatchReasons,
  },
  hold: {
    from: open.filter((status) => status !== 'on_hold'),
    to: 'on_hold',
    by: ['coordinator'],
    fields: fields.hold,
    reasons: gpSearchHoldReasons,
  },
  resume: { from: ['on_hold'], to: 'previous', by: ['coordinator', 'system'], fields: fields.resume },
  close: {
    from: open,
    fromBy: { requester: ['draft', 'submitted'], practitioner: ['draft', 'submitted'] },
    to: 'closed',
    by: ['coordinator', 'requester', 'practitioner', 'system'],
    practitionerAs: ['requester'],
    fields: fields.close,
    reasons: gpSearchClosingReasons,
  },
  // Nothing is said to any doctor any more; the search waits for the agreement, and its person keeps their seniority.
  'withdraw-consent': {
    from: open.filter((status) => status !== 'draft'),
    to: 'info_requested',
    by: ['coordinator', 'system'],
    fields: fields['withdraw-consent'],
  },
  // Its people search with another household's; they may leave it, and the search then goes on.
  'joined-household': {
    from: ['draft', 'submitted', 'info_requested', 'eligible', 'on_hold', 'proposing'],
    to: 'closed',
    by: ['system'],
  },
  'taken-up': { from: ['closed'], to: 'derived', by: ['system'] },
  reopen: {
    from: ['closed'],
    to: 'eligible',
    by: ['coordinator'],
    fields: fields.reopen,
    reasons: gpSearchReopenReasons,
  },
} as const satisfies Record<GpSearchAction | Consequence, Move<GpSearchStatus>>

export const gpSearchFinalStatuses = ['declared', 'closed'] as const satisfies GpSearchStatus[]
