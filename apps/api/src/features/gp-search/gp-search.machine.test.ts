import { type GpSearchStatus, gpSearchStatuses } from '@maillage/contracts/gp-search'
import { roles } from '@maillage/contracts/roles'
import { describe, expect, test } from 'vitest'
import { type Asker, judgeMove, type Part } from '../../kernel/machine.ts'
import { ProblemError } from '../../platform/problem-error.ts'
import { gpSearchMachine } from './gp-search.machine.ts'

/**
 * The agreed table, written by hand from the domain notes (D2): who, from where, to where. A test that reads the machine
 * to judge the machine proves nothing. `co` coordinator, `prac` the practitioner who accepted, `opener` the practitioner
 * who opened the case, `sec` the secretary of the practitioner who accepted, `req` its requester, `system` a job or the consequence of another act.
 */
const agreed: Record<string, { who: string; from: string; to: string }[]> = {
  submit: [{ who: 'co opener req', from: 'draft', to: 'submitted' }],
  'request-info': [{ who: 'co', from: 'submitted', to: 'info_requested' }],
  'provide-info': [{ who: 'co opener req system', from: 'info_requested', to: 'submitted' }],
  qualify: [{ who: 'co', from: 'submitted', to: 'eligible' }],
  'proposal-sent': [{ who: 'system', from: 'eligible', to: 'proposing' }],
  'proposals-ended': [{ who: 'system', from: 'proposing', to: 'eligible' }],
  accepted: [{ who: 'system', from: 'proposing', to: 'matched' }],
  released: [{ who: 'system', from: 'matched visit_booked', to: 'eligible' }],
  'tell-patient': [{ who: 'co prac sec', from: 'matched', to: 'matched' }],
  'book-visit': [{ who: 'co prac sec', from: 'matched visit_booked', to: 'visit_booked' }],
  'record-no-show': [{ who: 'co prac sec', from: 'visit_booked', to: 'derived' }],
  declare: [{ who: 'co prac sec', from: 'matched visit_booked', to: 'declared' }],
  unmatch: [{ who: 'co prac', from: 'matched visit_booked', to: 'eligible' }],
  hold: [{ who: 'co', from: 'draft submitted info_requested eligible proposing matched visit_booked', to: 'on_hold' }],
  resume: [{ who: 'co system', from: 'on_hold', to: 'previous' }],
  close: [
    {
      who: 'co system',
      from: 'draft submitted info_requested eligible on_hold proposing matched visit_booked',
      to: 'closed',
    },
    { who: 'opener req', from: 'draft submitted', to: 'closed' },
  ],
  'withdraw-consent': [
    {
      who: 'co system',
      from: 'submitted info_requested eligible on_hold proposing matched visit_booked',
      to: 'info_requested',
    },
  ],
  'joined-household': [
    { who: 'system', from: 'draft submitted info_requested eligible on_hold proposing', to: 'closed' },
  ],
  'taken-up': [{ who: 'system', from: 'closed', to: 'derived' }],
  reopen: [{ who: 'co', from: 'closed', to: 'eligible' }],
}

const nicknames: Record<string, string> = { coordinator: 'co', requester: 'req', system: 'system' }
const nickname = ({ role, parts }: Asker): string => {
  if (role === 'secretary') return parts.includes('accepted') ? 'sec' : 'stranger'
  if (role !== 'practitioner') return nicknames[role] ?? role
  if (parts.includes('accepted')) return 'prac'
  return parts.includes('requester') ? 'opener' : 'stranger'
}

const askers: Asker[] = [
  ...[...roles, 'system' as const].map((role) => ({
    role,
    parts: role === 'requester' ? (['requester'] as Part[]) : [],
  })),
  { role: 'practitioner', parts: ['accepted'] },
  { role: 'practitioner', parts: ['requester'] },
  { role: 'secretary', parts: ['accepted'] },
]

const expected = (action: string, status: GpSearchStatus, asker: Asker): string | undefined =>
  agreed[action]?.find(({ who, from }) => who.split(' ').includes(nickname(asker)) && from.split(' ').includes(status))
    ?.to

const cells = gpSearchStatuses.flatMap((status) =>
  Object.keys(agreed).flatMap((action) => askers.map((asker) => [status, action, nickname(asker), asker] as const)),
)

test('the machine holds the actions of the table, no more and no less', () => {
  expect(Object.keys(gpSearchMachine).sort()).toEqual(Object.keys(agreed).sort())
})

describe('cell by cell', () => {
  test.each(cells)('from %s, %s by %s', (status, action, _who, asker) => {
    const attempt = () => judgeMove<GpSearchStatus>(gpSearchMachine, status, action, asker).to
    const to = expected(action, status, asker)
    if (to) expect(attempt()).toBe(to)
    else expect(attempt).toThrow(ProblemError)
  })
})

test('a refused cell says why: the role that never may, or the status that does not allow it now', () => {
  const coordinator: Asker = { role: 'coordinator', parts: [] }
  const code = (status: GpSearchStatus, action: string, asker: Asker) => {
    try {
      judgeMove<GpSearchStatus>(gpSearchMachine, status, action, asker)
    } catch (error) {
      return error instanceof ProblemError ? error.code : error
    }
    return undefined
  }
  expect(code('submitted', 'qualify', { role: 'requester', parts: ['requester'] })).toBe('role-may-not')
  expect(code('draft', 'qualify', coordinator)).toBe('wrong-status')
  expect(code('draft', 'no-such-action', coordinator)).toBe('role-may-not')
})
