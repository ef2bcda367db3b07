import type { LiveChange } from '@maillage/contracts/coordination/live'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import { changesFor, type Listener, type Parts } from './audience.ts'
import type { Moment } from './told-changes.ts'

/** Everybody whom a moment names: they are told apart from all others. */
interface Named {
  readonly accounts: ReadonlySet<string | null>
  readonly practitioners: ReadonlySet<string | null>
  readonly units: ReadonlySet<string | null>
}

function namedIn(moment: Moment, parts: Parts): Named {
  const rows = [...parts.values()].flat()
  const accounts = new Set<string | null>([...rows.map(({ accountId }) => accountId), ...moment.notices.keys()])
  for (const { actors, readers } of moment.cases.values()) {
    for (const account of [...actors, ...readers]) accounts.add(account)
  }
  const addressed = [...moment.proposals.values()].map(({ practitionerId }) => practitionerId)
  return {
    accounts,
    practitioners: new Set([...rows.map(({ practitionerId }) => practitionerId), ...addressed]),
    units: new Set(rows.map(({ unitId }) => unitId)),
  }
}

// Those of a class are told the same. A new role does not compile until it says what its classes hang on.
const classes: Record<Role, (listener: Listener, named: Named) => string> = {
  coordinator: () => 'coordinator',
  administrator: () => 'administrator',
  practitioner: ({ practitionerId }, { practitioners }) =>
    practitioners.has(practitionerId) ? `practitioner ${practitionerId}` : 'practitioner',
  hospital_staff: ({ unitIds }, { units }) => ['ward', ...unitIds.filter((id) => units.has(id)).toSorted()].join(' '),
  requester: () => 'requester',
  // Few, and each acts for others than the next.
  secretary: (listener) => alone(listener),
}

const alone = ({ role, accountId, practitionerId, unitIds, membershipId }: Listener): string =>
  [role, accountId, practitionerId, ...unitIds, role === 'secretary' ? membershipId : ''].join(' ')

/**
 * What each listener may know of a moment in their CPTS: `changesFor`, worked out once for all who must get the same,
 * however many listen. The very same array comes back for them.
 */
export function changesByClass(
  cptsId: CptsId,
  moment: Moment,
  parts: Parts,
): (listener: Listener) => readonly LiveChange[] {
  const named = namedIn(moment, parts)
  const known = new Map<string, readonly LiveChange[]>()
  return (listener) => {
    if (listener.cptsId !== cptsId) return []
    const key = named.accounts.has(listener.accountId) ? alone(listener) : classes[listener.role](listener, named)
    const changes = known.get(key) ?? changesFor(listener, cptsId, moment, parts)
    known.set(key, changes)
    return changes
  }
}
