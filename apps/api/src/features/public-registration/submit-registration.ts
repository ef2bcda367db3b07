import { dayIn } from '@maillage/contracts/kit/dates'
import { newRowId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { problem } from '../../platform/problem-error.ts'
import { delays } from './delays.ts'
import { forgetDraftLinks } from './draft-registration.ts'
import { readRegistration } from './form/steps.ts'
import { ownActor, type PublicDeps } from './public-deps.ts'
import {
  countSentSince,
  type Draft,
  digestsOf,
  insertConsent,
  insertRegistration,
  takeDraft,
} from './registration.store.ts'

const DAY = 86_400_000

/**
 * Sends a request whose author agreed to the notice: kept until the link sent to them is opened. Nothing is looked up
 * about the person here, so that this page can tell nobody who is known.
 */
export function submitRegistration(
  deps: PublicDeps,
  draft: Draft,
  { noticeVersion, requestId }: { noticeVersion: string; requestId: string },
): Promise<void> {
  return act(deps, ownActor(draft.cptsId, requestId), async (tx, context) => {
    const { now, calendar } = context
    const read = readRegistration(draft.answers, draft.municipalityCode, dayIn(calendar.timeZone, now))
    if (!read) throw problem('malformed-request')
    if (!(await takeDraft(tx, draft))) return
    await forgetDraftLinks(tx, draft, now)
    const { cptsId, municipalityCode, answers } = draft
    const digests = digestsOf({ email: read.patient.email ?? null, phones: read.patient.phones })
    const sent = await countSentSince(tx, cptsId, digests, new Date(now.getTime() - DAY))
    const id = newRowId()
    const expiresAt = new Date(now.getTime() + delays.confirmDays * DAY)
    await insertRegistration(tx, {
      ...{ cptsId, id, municipalityCode, answers, noticeVersion, ...digests },
      submittedAt: now,
      expiresAt,
    })
    await insertConsent(tx, { cptsId, id }, { noticeVersion, isGiven: true, at: now })
    // Kept all the same, so that this takes as long; it expires unread.
    if (sent >= delays.mostSentADay) return
    await sendNotice(tx, context, {
      kind: 'registration-confirm',
      to: { address: read.address },
      link: { purpose: 'registration-confirm', subjectId: id, days: delays.confirmDays },
      about: id,
    })
  })
}
