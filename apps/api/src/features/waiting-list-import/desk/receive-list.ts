import { newId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { ImportCounts } from '@maillage/contracts/waiting-list-imports'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { problem } from '../../../platform/problem-error.ts'
import { readList } from '../reader/read-list.ts'
import { insertImport } from './import.store.ts'
import { type ListDeps, todayOf } from './list-deps.ts'

/** Nothing settled yet. */
export const noCounts: ImportCounts = { opened: 0, alreadyThere: 0, repeated: 0, refused: 0, lookAlike: 0 }

/** Keeps a list that a coordinator gives, once it proved to hold one; nothing is opened. Read before the transaction. */
export async function receiveList(
  deps: ListDeps,
  actor: Actor,
  { content, fileName }: { content: Buffer; fileName: string },
): Promise<WaitingListImportId> {
  const { accountId } = actor
  if (!accountId) throw problem('role-may-not')
  const file = { content, choices: [], today: await todayOf(deps, actor) }
  const { sheet, lines } = await readList(file, { ask: 'shape' }, deps.municipalities)
  return act(deps, actor, async (tx, { now }) => {
    const id = newId(WaitingListImportId)
    await insertImport(tx, {
      cptsId: actor.cptsId,
      id,
      fileName,
      content,
      sheet,
      status: 'draft',
      lines,
      counts: noCounts,
      createdBy: accountId,
      createdAt: now,
    })
    await recordAudit(tx, actor, { action: `waiting-list-import.receive ${id}`, at: now })
    return id
  })
}
