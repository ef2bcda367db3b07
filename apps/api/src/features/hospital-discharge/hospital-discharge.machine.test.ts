import { needStatuses } from '@maillage/contracts/cases'
import { hospitalDischargeStatuses } from '@maillage/contracts/hospital-discharge'
import { roles } from '@maillage/contracts/roles'
import { describe, expect, test } from 'vitest'
import { allowedActions, judgeMove, type Machine, type Part } from '../../kernel/machine.ts'
import { ProblemError } from '../../platform/problem-error.ts'
import { dischargeNeedMachine } from './discharge-need.machine.ts'
import {
  hospitalDischargeActs,
  hospitalDischargeFinalStatuses,
  hospitalDischargeMachine,
} from './hospital-discharge.machine.ts'

// The agreed tables, written by hand from domain notes D4: action | from | to | who. `practitioner` is one who accepted.
const begun = 'acknowledged coordinating partially_covered covered'
const beforeDischarge = `draft submitted info_requested ${begun}`
const agreed = `
  submit       | draft                                  | submitted      | hospital_staff
  acknowledge  | submitted                              | acknowledged   | coordinator
  request-info | acknowledged                           | info_requested | coordinator
  provide-info | info_requested                         | acknowledged   | hospital_staff
  start        | acknowledged                           | coordinating   | coordinator system
  derive       | coordinating partially_covered covered | derived        | system
  discharge    | ${begun}                               | discharged     | hospital_staff
  follow-up    | discharged                             | followed_up    | coordinator practitioner
  cancel       | ${beforeDischarge}                     | cancelled      | hospital_staff coordinator
`
const agreedActs = `
  change-details | ${beforeDischarge}               | derived | hospital_staff coordinator
  save-need      | ${beforeDischarge}               | derived | hospital_staff coordinator
  move-need      | submitted info_requested ${begun} | derived | hospital_staff coordinator system
  reschedule     | ${beforeDischarge}               | derived | hospital_staff coordinator
`
const agreedNeeds = `
  proposal-sent        | open proposed unmet         | proposed   | system
  proposals-ended      | proposed                    | open       | system
  accepted             | proposed                    | covered    | system
  released             | covered proposed            | open       | system
  date-moved           | covered proposed            | proposed   | system
  reconfirmed          | proposed                    | covered    | system
  mark-not-needed      | open proposed covered unmet | not_needed | coordinator hospital_staff
  mark-unmet           | open proposed               | unmet      | coordinator
  mark-covered-outside | open proposed unmet         | covered    | coordinator hospital_staff
  reopen               | covered not_needed unmet    | open       | coordinator hospital_staff
`

const read = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [action = '', from = '', to = '', who = ''] = line.split('|').map((cell) => cell.trim())
      return { action, from: from.split(' '), to, who: who.split(' ') }
    })

type Line = ReturnType<typeof read>[number]
const parts: readonly (readonly Part[])[] = [[], ['accepted'], ['requester'], ['ward']]
const askers = [...roles, 'system' as const].flatMap((role) => parts.map((held) => ({ role, parts: held })))

const maySay = ({ who }: Line, { role, parts: held }: (typeof askers)[number]): boolean =>
  who.includes(role) && (role !== 'practitioner' || held.includes('accepted'))

const codeOf = (attempt: () => unknown): string => {
  try {
    attempt()
    return 'done'
  } catch (error) {
    return error instanceof ProblemError ? error.code : String(error)
  }
}

const tables: [string, string, Machine<string>, readonly string[]][] = [
  ['a discharge', agreed, hospitalDischargeMachine, hospitalDischargeStatuses],
  ['what has a path of its own', agreedActs, hospitalDischargeActs, hospitalDischargeStatuses],
  ['a need', agreedNeeds, dischargeNeedMachine, needStatuses],
]

describe.each(tables)('the life of %s', (_what, table, machine, statuses) => {
  const lines = read(table)
  const cells = statuses.flatMap((status) => lines.flatMap((line) => askers.map((asker) => ({ status, line, asker }))))

  test('the machine has the agreed actions and no other', () => {
    expect(Object.keys(machine).sort()).toEqual(lines.map(({ action }) => action).sort())
  })

  test('each cell allows what was agreed, and refuses the rest by name', () => {
    for (const { status, line, asker } of cells) {
      const attempt = () => judgeMove(machine, status, line.action, asker)
      const refusal = line.from.includes(status) ? 'done' : 'wrong-status'
      const expected = maySay(line, asker) ? refusal : 'role-may-not'
      expect([status, line.action, asker.role, asker.parts, codeOf(attempt)]).toEqual([
        status,
        line.action,
        asker.role,
        asker.parts,
        expected,
      ])
      if (expected === 'done') expect(attempt().to).toBe(line.to)
    }
  })

  test('an action is offered to who may ever do it, and disabled where it may not start', () => {
    for (const status of statuses) {
      for (const asker of askers) {
        const offered = allowedActions(machine, status, asker)
        const mine = lines.filter((line) => maySay(line, asker))
        expect(offered.map(({ action }) => action).sort()).toEqual(mine.map(({ action }) => action).sort())
        expect(offered.filter(({ disabledBecause }) => !disabledBecause).map(({ action }) => action)).toEqual(
          offered
            .map(({ action }) => action)
            .filter((action) => mine.some((line) => line.action === action && line.from.includes(status))),
        )
      }
    }
  })
})

test('followed up and cancelled are final: nothing leads out of them', () => {
  expect(hospitalDischargeFinalStatuses).toEqual(['followed_up', 'cancelled'])
  for (const line of [...read(agreed), ...read(agreedActs)]) {
    expect(line.from).not.toContain('followed_up')
    expect(line.from).not.toContain('cancelled')
  }
})
