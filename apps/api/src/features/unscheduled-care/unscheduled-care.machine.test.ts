import { roles } from '@maillage/contracts/roles'
import { unscheduledCareStatuses } from '@maillage/contracts/unscheduled-care'
import { describe, expect, test } from 'vitest'
import { allowedActions, judgeMove, type Part } from '../../kernel/machine.ts'
import { ProblemError } from '../../platform/problem-error.ts'
import { unscheduledCareFinalStatuses, unscheduledCareMachine } from './unscheduled-care.machine.ts'

const open = 'submitted triaged offering booked no_show'

// The agreed table, written by hand from domain notes D3: action | from | to | who. `practitioner:requester` is the one
// who asked, `practitioner:accepted` the one who holds the appointment.
const agreed = `
  triage          | submitted triaged offering | triaged            | coordinator practitioner:requester
  proposal-sent   | triaged                    | offering           | system
  proposals-ended | offering                   | triaged            | system
  accepted        | offering                   | booked             | system
  released        | booked                     | triaged            | system
  book            | triaged offering           | booked             | coordinator
  attend          | booked                     | attended           | coordinator practitioner:accepted
  record-no-show  | booked                     | no_show            | coordinator practitioner:accepted
  retry           | no_show                    | triaged            | coordinator
  unbook          | booked                     | triaged            | coordinator practitioner:accepted
  redirect        | ${open} | redirected | coordinator practitioner:accepted practitioner:requester requester hospital_staff
  close-unmet     | triaged offering           | closed_no_solution | coordinator
  cancel          | ${open} | cancelled | coordinator practitioner:requester requester hospital_staff
`

const lines = agreed
  .trim()
  .split('\n')
  .map((line) => {
    const [action = '', from = '', to = '', who = ''] = line.split('|').map((cell) => cell.trim())
    return { action, from: from.split(' '), to, who: who.split(' ') }
  })

const parts: readonly (readonly Part[])[] = [[], ['accepted'], ['requester'], ['ward'], ['accepted', 'requester']]
const askers = [...roles, 'system' as const].flatMap((role) => parts.map((held) => ({ role, parts: held })))

const cells = unscheduledCareStatuses.flatMap((status) =>
  lines.flatMap((line) => askers.map((asker) => ({ status, line, asker }))),
)

const isAllowedTo = ({ line, asker }: (typeof cells)[number]): boolean =>
  asker.role === 'practitioner'
    ? asker.parts.some((part) => line.who.includes(`practitioner:${part}`))
    : line.who.includes(asker.role)

const codeOf = (attempt: () => unknown): string => {
  try {
    attempt()
    return 'done'
  } catch (error) {
    return error instanceof ProblemError ? error.code : String(error)
  }
}

describe('the life of a request for unscheduled care', () => {
  test('the machine has the agreed actions and no other', () => {
    expect(Object.keys(unscheduledCareMachine).sort()).toEqual(lines.map(({ action }) => action).sort())
  })

  test('every status, action, role and part is judged as agreed', () => {
    const wrong = cells.filter((cell) => {
      const { status, line, asker } = cell
      const judged = codeOf(() => judgeMove(unscheduledCareMachine, status, line.action, asker))
      const inTime = line.from.includes(status) ? 'done' : 'wrong-status'
      return judged !== (isAllowedTo(cell) ? inTime : 'role-may-not')
    })
    expect(wrong).toEqual([])
    expect(cells).toHaveLength(unscheduledCareStatuses.length * lines.length * askers.length)
  })

  test.each(lines)('$action leads to $to', ({ action, to }) => {
    const moves: Record<string, { to: string }> = unscheduledCareMachine
    expect(moves[action]?.to).toBe(to)
  })

  test('nothing that the system may do ends a request', () => {
    const ends: readonly string[] = unscheduledCareFinalStatuses
    const bySystem = Object.values(unscheduledCareMachine).filter(({ by }) => by.some((role) => role === 'system'))
    expect(bySystem.map(({ to }) => to).filter((to) => ends.includes(to))).toEqual([])
  })

  test('a final status allows nobody anything', () => {
    const possible = unscheduledCareFinalStatuses.flatMap((status) =>
      askers.flatMap((asker) =>
        allowedActions(unscheduledCareMachine, status, asker).filter(({ disabledBecause }) => !disabledBecause),
      ),
    )
    expect(possible).toEqual([])
  })
})
