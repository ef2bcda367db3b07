import { writeCallSheet } from './features/call-sheets/sheet/write-call-sheet.ts'
import { type DeliveryDeps, deliverDue } from './features/notifications/delivery/deliver-due.ts'
import { spreadNotice } from './features/notifications/delivery/spread-notice.ts'
import { tellAnswer } from './features/notifications/telling/tell-answer.ts'
import { tellDateMoved } from './features/notifications/telling/tell-date-moved.ts'
import { tellOpening } from './features/notifications/telling/tell-opening.ts'
import { tellProposal } from './features/notifications/telling/tell-proposal.ts'
import { sendReset } from './features/password-resets/ask-reset.ts'
import type { Deps } from './kernel/context.ts'
import type { Job } from './platform/jobs/in-turn.ts'
import type { SecureMailer } from './platform/mail/secure-mailer.ts'

/** The ways out for messages, and the address that they name. */
export interface NoticeJobDeps extends Deps, Omit<DeliveryDeps, 'secure'> {
  /** The account for what may carry health data, where there is one. */
  readonly secureMailer: SecureMailer | undefined
}

/** From a fact to whoever is told of it: the notice, its sharing out, its leaving. */
export function noticeJobs(deps: NoticeJobDeps): Record<string, Job> {
  const secure: DeliveryDeps['secure'] = {
    mailer: deps.secureMailer,
    write: (tx, cptsId, about) => writeCallSheet(tx, deps, cptsId, about),
  }
  const delivery = { ...deps, secure }
  return {
    'send-password-reset': (payload) => sendReset(deps, payload),
    'case-opened': (payload) => tellOpening(deps, payload),
    'tell-proposal': (payload) => tellProposal(deps, payload),
    'tell-answer': (payload) => tellAnswer(deps, payload),
    'tell-date-moved': (payload) => tellDateMoved(deps, payload),
    'spread-notice': async (payload, pace) => {
      const made = await spreadNotice(deps, payload)
      if (made.some(({ status, dueAt }) => status === 'waiting' && dueAt <= deps.now()))
        await deliverDue(delivery, pace.isStopped)
    },
    'deliver-notices': (_payload, pace) => deliverDue(delivery, pace.isStopped),
  }
}
