import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { ChangePractitioner } from '@maillage/contracts/practitioners'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { directoryWords, displayNameOf } from '../../kernel/practitioner-name.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import {
  areMunicipalities,
  columnNames,
  columnsOf,
  lockPractitioner,
  updatePractitioner,
} from './practitioner.store.ts'
import { enteredNow } from './sources.ts'

/** Corrects an entry by hand. The columns given are remembered: an import never overwrites what a person entered. */
export function changePractitioner(
  deps: Deps,
  actor: Actor,
  id: PractitionerId,
  { version, ...given }: ChangePractitioner,
): Promise<void> {
  return act(deps, actor, async (tx, { now }) => {
    const before = await lockPractitioner(tx, actor.cptsId, id)
    if (!before) throw problem('not-found')
    if (before.version !== version) throw problem('version-stale')
    if (given.municipality && !(await areMunicipalities(tx, [given.municipality])))
      throw invalidField('/municipality', 'unknown')
    const columns = columnsOf(given)
    const named = { ...before, ...columns }
    const isWritten = await updatePractitioner(tx, before, {
      ...columns,
      displayName: displayNameOf(named),
      search: directoryWords(named),
      ...enteredNow(before, columnNames(columns), 'coordinator', now),
      updatedAt: now,
    })
    if (!isWritten) throw problem('already-exists')
    await recordAudit(tx, actor, { action: `practitioner.change ${id}`, at: now })
  })
}
