import { dayIn } from '@maillage/contracts/kit/dates'
import { newId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { ImportCounts } from '@maillage/contracts/waiting-list-imports'
import { act } from '../../../kernel/act.ts'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { problem } from '../../../platform/problem-error.ts'
import { readGivenList } from './given-list.ts'
import { insertImport } from './import.store.ts'

/** Nothing settled yet. */
export const noCounts: ImportCounts = { opened: 0, alreadyThere: 0, repeated: 0, refused: 0, lookAlike: 0 }

/** Keeps a list that a coordinator gives, once it proved to hold one; nothing is opened. */
export function receiveList(
  deps: Deps,
  actor: Actor,
  { content, fileName }: { content: Buffer; fileName: string },
): Promise<WaitingListImportId> {
  const { accountId } = actor
  if (!accountId) throw problem('role-may-not')
  return act(deps, actor, async (tx, { now, calendar }) => {
    const list = readGivenList(content, { choices: [], today: dayIn(calendar.timeZone, now) })
    const id = newId(WaitingListImportId)
    await insertImport(tx, {
      cptsId: actor.cptsId,
      id,
      fileName,
      content,
      sheet: list.sheet,
      status: 'draft',
      lines: list.table.lines.length,
      counts: noCounts,
      createdBy: accountId,
      createdAt: now,
    })
    await recordAudit(tx, actor, { action: `waiting-list-import.receive ${id}`, at: now })
    return id
  })
}
