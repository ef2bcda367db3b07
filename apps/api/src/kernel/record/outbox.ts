import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { outbox } from '../tables/outbox.table.ts'

/** What the runner may be asked to do after the commit; payloads hold ids and codes only. */
export interface OutboxTopics {
  'case-event': { caseId: string; kind: string; action: string }
  'expire-proposal': { proposalId: string }
  'check-reconfirmation': { proposalId: string }
  'send-unread-mail': { mailId: string; accountId: string; caseIds: readonly string[] }
  'run-waiting-list-import': { importId: string }
}

/** Queues work for after the commit, at `runAt` or at once. */
export async function enqueue<Topic extends keyof OutboxTopics>(
  tx: Db,
  message: { cptsId: CptsId; topic: Topic; payload: OutboxTopics[Topic]; now: Date; runAt?: Date },
): Promise<void> {
  await tx.insert(outbox).values({
    cptsId: message.cptsId,
    topic: message.topic,
    // The payload is a closed record of strings; the column stores any JSON object.
    payload: { ...message.payload },
    runAt: message.runAt,
    createdAt: message.now,
  })
}
