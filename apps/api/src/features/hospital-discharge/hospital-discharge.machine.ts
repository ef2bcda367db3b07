import {
  dischargeCancelReasons,
  hospitalDischargeMoveFields as fields,
  type HospitalDischargeAction,
  type HospitalDischargeStatus,
  rescheduleReasons,
} from '@maillage/contracts/hospital-discharge'
import type { Move } from '../../kernel/machine.ts'

/** The statuses that follow the needs, once the coordination has begun. */
export const derivedStatuses = [
  'coordinating',
  'partially_covered',
  'covered',
] as const satisfies HospitalDischargeStatus[]

const beforeDischarge = [
  'draft',
  'submitted',
  'acknowledged',
  'info_requested',
  ...derivedStatuses,
] as const satisfies HospitalDischargeStatus[]

const ward = 'hospital_staff'

/** The life of a discharge (domain notes D4). An escalation is a flag, not a status. */
export const hospitalDischargeMachine = {
  submit: { from: ['draft'], to: 'submitted', by: [ward], fields: fields.submit },
  acknowledge: { from: ['submitted'], to: 'acknowledged', by: ['coordinator'], fields: fields.acknowledge },
  'request-info': {
    from: ['acknowledged'],
    to: 'info_requested',
    by: ['coordinator'],
    fields: fields['request-info'],
  },
  'provide-info': { from: ['info_requested'], to: 'acknowledged', by: [ward], fields: fields['provide-info'] },
  // By the system when a need is proposed before anybody said that the coordination starts.
  start: { from: ['acknowledged'], to: 'coordinating', by: ['coordinator', 'system'], fields: fields.start },
  derive: { from: derivedStatuses, to: 'derived', by: ['system'] },
  discharge: {
    from: ['acknowledged', ...derivedStatuses],
    to: 'discharged',
    by: [ward],
    fields: fields.discharge,
  },
  // Among those who accepted, the nurse alone: the act looks at who covers which need.
  'follow-up': {
    from: ['discharged'],
    to: 'followed_up',
    by: ['coordinator', 'practitioner'],
    fields: fields['follow-up'],
  },
  cancel: {
    from: beforeDischarge,
    to: 'cancelled',
    by: [ward, 'coordinator'],
    fields: fields.cancel,
    reasons: dischargeCancelReasons,
  },
} as const satisfies Record<HospitalDischargeAction | 'derive', Move<HospitalDischargeStatus>>

/** What has a path of its own instead of a move; where the status changes, it follows from the needs. */
export const hospitalDischargeActs = {
  'change-details': { from: beforeDischarge, to: 'derived', by: [ward, 'coordinator'] },
  'save-need': { from: beforeDischarge, to: 'derived', by: [ward, 'coordinator'] },
  'move-need': {
    from: ['submitted', 'acknowledged', 'info_requested', ...derivedStatuses],
    to: 'derived',
    by: [ward, 'coordinator', 'system'],
  },
  reschedule: { from: beforeDischarge, to: 'derived', by: [ward, 'coordinator'], reasons: rescheduleReasons },
} as const satisfies Record<string, Move<HospitalDischargeStatus>>

export const hospitalDischargeFinalStatuses = ['followed_up', 'cancelled'] as const satisfies HospitalDischargeStatus[]
