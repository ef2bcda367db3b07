import type { AnswerPublication, ConsentChannel } from '@maillage/contracts/directory/practitioner-cards'
import { newRowId, type PractitionerId } from '@maillage/contracts/kit/ids'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { invalidField } from '../../../platform/problem-error.ts'
import { declaring, isOwnEntry } from '../own-entry.ts'
import { updatePractitioner } from '../practitioner.store.ts'
import { insertConsent } from './card.store.ts'
import { lockOwnCard } from './lock-own-card.ts'

/**
 * Somebody lets their contacts be shown, or no longer does. The same answer again is no second line; a coordinator says
 * how it reached them.
 */
export function answerPublication(
  deps: Deps,
  actor: Actor,
  id: PractitionerId,
  { scope, given, channel }: AnswerPublication,
): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    const row = await lockOwnCard(tx, actor, id)
    const isOwn = isOwnEntry(actor, id)
    const column = scope === 'internal' ? 'shownInternally' : 'shownPublicly'
    const how = channelOf(isOwn, channel)
    if (row[column] === given) return
    const { accountId: recordedBy, cptsId } = actor
    const line = { cptsId, id: newRowId(), practitionerId: id, scope, given, channel: how, at: now, recordedBy }
    await insertConsent(tx, line)
    await updatePractitioner(tx, row, { [column]: given })
    await recordAudit(tx, declaring(actor, id), {
      action: `practitioner.publication-${scope} ${id}`,
      at: now,
      from: wordOf(row[column]),
      to: wordOf(given),
    })
  })
}

function channelOf(isOwn: boolean, channel: ConsentChannel | undefined): ConsentChannel {
  if (isOwn) {
    if (channel && channel !== 'self') throw invalidField('/channel', 'not-allowed')
    return 'self'
  }
  if (!channel || channel === 'self') throw invalidField('/channel', 'required')
  return channel
}

const wordOf = (given: boolean | null): string => ({ true: 'given', false: 'refused', null: 'unasked' })[`${given}`]
