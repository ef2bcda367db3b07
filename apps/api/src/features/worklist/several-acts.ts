import type { CaseKindName } from '@maillage/contracts/cases'
import type { SeveralAct } from '@maillage/contracts/worklist'
import type { Actor } from '../../kernel/actor.ts'
import type { CaseKinds } from '../../kernel/context.ts'
import { possibleActions } from '../../kernel/machine.ts'

/** Ending a case bears another name in each kind. */
const endings = ['close', 'cancel']

/**
 * What several cases at once may be asked, by kind and status, as the machines say it: kept for the page, which repeats
 * the same few statuses.
 */
export function severalActsOf(
  kinds: CaseKinds,
  { role }: Pick<Actor, 'role'>,
): (kind: CaseKindName, status: string) => SeveralAct[] {
  const known = new Map<string, SeveralAct[]>()
  return (kind, status) => {
    const key = `${kind} ${status}`
    const found = known.get(key) ?? actsAt(kinds, kind, status, role)
    known.set(key, found)
    return found
  }
}

function actsAt(kinds: CaseKinds, kind: CaseKindName, status: string, role: Actor['role']): SeveralAct[] {
  const { machine } = kinds[kind]
  const possible = possibleActions(machine, status, { role, parts: [] })
  return [
    ...(machine['proposal-sent']?.from.includes(status) ? (['propose'] as const) : []),
    ...(possible.some((action) => endings.includes(action)) ? (['close'] as const) : []),
  ]
}
