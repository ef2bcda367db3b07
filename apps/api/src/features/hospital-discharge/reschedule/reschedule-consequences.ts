import type { NeedStatus } from '@maillage/contracts/cases'
import type { NeedId } from '@maillage/contracts/kit/ids'
import { judgeMove } from '../../../kernel/machine.ts'
import { dischargeNeedMachine } from '../discharge-need.machine.ts'
import { needsReconfirmation, reconfirmationDue } from '../hospital-discharge.deadlines.ts'

/** The last moment that a date on the wire can say; the end of a need may already be there. */
const endOfTime = Date.parse('9999-12-31T23:59:59.999Z')

/** What the consequences of a moved date are computed from. */
export interface RescheduleFacts {
  now: Date
  from: Date
  to: Date
  needs: readonly {
    id: NeedId
    status: NeedStatus
    startAt: Date
    endAt: Date | null
    reconfirmationPending: boolean
  }[]
  /** The needs that somebody of the directory has accepted. */
  accepted: readonly (NeedId | null)[]
}

export interface NeedConsequence {
  needId: NeedId
  startAt: Date
  endAt: Date | null
  status: NeedStatus
  reconfirmationPending: boolean
}

export interface RescheduleConsequences {
  /** By when whoever had accepted says again whether they come; null when every promise holds. */
  reconfirmBy: Date | null
  needs: NeedConsequence[]
}

/**
 * What moving a discharge does to its needs. Care starts so long after the return home, whenever that is: the dates
 * asked for move along. Beyond a day, what somebody had accepted is proposed until they say again that they come.
 */
export function consequencesOfReschedule({ now, from, to, needs, accepted }: RescheduleFacts): RescheduleConsequences {
  const shift = to.getTime() - from.getTime()
  const moved = (at: Date): Date => new Date(Math.min(at.getTime() + shift, endOfTime))
  const asksAgain = needsReconfirmation(from, to)
  return {
    reconfirmBy: asksAgain ? reconfirmationDue(now, to) : null,
    needs: needs
      .filter(({ status }) => status !== 'not_needed')
      .map((need) => {
        const isAsked = asksAgain && accepted.includes(need.id)
        if (isAsked) judgeMove(dischargeNeedMachine, need.status, 'date-moved', { role: 'system', parts: [] })
        return {
          needId: need.id,
          startAt: moved(need.startAt),
          endAt: need.endAt && moved(need.endAt),
          status: isAsked ? 'proposed' : need.status,
          reconfirmationPending: isAsked || need.reconfirmationPending,
        }
      }),
  }
}
