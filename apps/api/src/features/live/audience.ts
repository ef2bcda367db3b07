import type { LiveChange } from '@maillage/contracts/coordination/live'
import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import { practitionersOf } from '../../kernel/delegation/standing-in.ts'
import type { SignedInActor } from '../../platform/http/access.ts'
import type { PartRow } from './live.store.ts'
import type { CaseNews, Moment } from './told-changes.ts'

/** Whoever listens, as far as their rights are concerned. */
export type Listener = Pick<
  SignedInActor,
  'cptsId' | 'role' | 'accountId' | 'practitionerId' | 'unitIds' | 'membershipId' | 'delegations'
>

/** Who takes part in the cases of a moment; read only when somebody listens whose rights hang on it. */
export type Parts = ReadonlyMap<CaseId, readonly PartRow[]>

export const seesWholeCpts = ({ role }: Listener): boolean => role === 'coordinator'

// `visibleTo` in memory, for one moment and many listeners; a test holds the two together. A new role does not compile
// until its scope is written here as well.
const scopes: Record<Role, (listener: Listener, parts: readonly PartRow[]) => boolean> = {
  coordinator: () => true,
  administrator: () => false,
  practitioner: ({ practitionerId, accountId }, parts) =>
    parts.some(
      (part) =>
        (part.practitionerId !== null && part.practitionerId === practitionerId) || part.accountId === accountId,
    ),
  hospital_staff: ({ unitIds }, parts) =>
    parts.some(({ unitId }) => unitId !== null && unitIds.some((own) => own === unitId)),
  requester: ({ accountId }, parts) => parts.some((part) => part.accountId === accountId),
  secretary: (listener, parts) => {
    const own = practitionersOf(listener, 'follow-patients')
    return parts.some(({ practitionerId }) => own.some((id) => id === practitionerId))
  },
}

/** What this listener may know of a moment in their CPTS. */
export function changesFor(listener: Listener, cptsId: CptsId, moment: Moment, parts: Parts): LiveChange[] {
  if (listener.cptsId !== cptsId) return []
  const changes: LiveChange[] = []
  for (const news of moment.cases.values()) {
    if (!scopes[listener.role](listener, parts.get(news.id) ?? [])) continue
    const change = caseChangeFor(listener, news)
    if (change) changes.push(change)
    if ([...news.readers].some((reader) => reader !== listener.accountId)) changes.push(presenceOf(news))
  }
  const message = moment.notices.get(listener.accountId)
  // A version, since each is told once: an id of a message never changes.
  if (message) changes.push({ what: 'notice', id: message, kind: null, version: 1, entry: null, own: false })
  if (listener.role !== 'practitioner' && listener.role !== 'secretary') return changes
  const own = practitionersOf(listener, 'answer-proposals')
  for (const { id, version, practitionerId } of moment.proposals.values()) {
    if (!own.some((one) => one === practitionerId)) continue
    changes.push({ what: 'proposal', id, kind: null, version, entry: null, own: false })
  }
  return changes
}

const mayReadMessages = ({ role }: Listener): boolean => role === 'hospital_staff' || role === 'requester'

/** The latest line that this listener may read, of those that are told to some and not to all. */
function entryFor(listener: Listener, { entry, openEntry, messageEntry }: CaseNews, isTheirs: boolean): string | null {
  if (seesWholeCpts(listener) || isTheirs) return entry
  if (!mayReadMessages(listener) || !messageEntry) return openEntry
  return openEntry && openEntry > messageEntry ? openEntry : messageEntry
}

function caseChangeFor(listener: Listener, news: CaseNews): LiveChange | undefined {
  const { id, kind, version, actors } = news
  const isTheirs = actors.has(listener.accountId)
  const isTold = seesWholeCpts(listener) || news.isOpen || (news.messageEntry !== null && mayReadMessages(listener))
  if (!news.isChanged || !(isTold || isTheirs)) return undefined
  const own = isTheirs && actors.size === 1
  return { what: 'case', id, kind, version, entry: entryFor(listener, news, isTheirs), own }
}

const presenceOf = ({ id, kind }: CaseNews): LiveChange => ({
  what: 'presence',
  id,
  kind,
  version: null,
  entry: null,
  own: false,
})
