import type { AccountId } from '@maillage/contracts/kit/ids'
import type { ExplainReading, ReadingAlert } from '@maillage/contracts/trail/reading-alerts'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { cancelNotices } from '../../kernel/notices/send-notice.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { problem } from '../../platform/problem-error.ts'
import { explainAlert, findAlert } from './reading-alerts.store.ts'

/** « Vu, expliqué »: an administrator asked, and notes the answer; or takes it back. */
export function explainReading(
  deps: Deps,
  actor: Actor & { accountId: AccountId },
  id: string,
  { note, version }: ExplainReading,
): Promise<ReadingAlert> {
  return act(deps, actor, async (tx, context) => {
    const { cptsId, accountId } = actor
    if (!(await findAlert(tx, cptsId, id))) throw problem('not-found')
    const said = note === null ? null : { note, by: accountId, at: context.now }
    if (!(await explainAlert(tx, { cptsId, id, version }, said))) throw problem('version-stale')
    if (said) await cancelNotices(tx, context, id, ['unusual-reading'])
    await recordAudit(tx, actor, { action: said ? 'reading-alert.explain' : 'reading-alert.reopen', at: context.now })
    const kept = await findAlert(tx, cptsId, id)
    if (!kept) throw problem('not-found')
    return kept
  })
}
