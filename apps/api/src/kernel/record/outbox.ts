import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

/** What the runner may be asked to do after the commit; payloads hold ids and codes only. */
export interface OutboxTopics {
  'case-event': { caseId: string; kind: string; action: string }
  'expire-proposal': { proposalId: string }
  'check-reconfirmation': { proposalId: string }
  'case-opened': OutboxTopics['case-event']
  'spread-notice': { noticeId: string }
  'tell-proposal': { proposalId: string }
  'tell-answer': { proposalId: string; to: string }
  'tell-date-moved': { proposalId: string }
  'run-campaign': { campaignId: string }
  'send-password-reset': { resetId: string }
  'run-waiting-list-import': { importId: string }
}

/** Queues work for after the commit, at `runAt` or at once. */
export async function enqueue<Topic extends keyof OutboxTopics>(
  tx: Db,
  message: { cptsId: CptsId; topic: Topic; payload: OutboxTopics[Topic]; now: Date; runAt?: Date },
): Promise<void> {
  const { cptsId, topic, payload, now, runAt = null } = message
  const text = 'insert into outbox (cpts_id, topic, payload, run_at, created_at) values ($1, $2, $3, $4, $5)'
  await queryRows(tx, { name: 'enqueue', text, values: [cptsId, topic, JSON.stringify(payload), runAt, now] })
}
