import type { OnBehalfOf } from '@maillage/contracts/delegation/on-behalf'
import type { AccountId, CptsId, MembershipId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import type { ActorRole, HeldDelegation } from '@maillage/contracts/roles'

/** Whoever acts, within one CPTS: a membership's holder, or the system (a job, the demo's preparation). */
export interface Actor {
  readonly cptsId: CptsId
  readonly role: ActorRole
  /** Null for the system. */
  readonly accountId: AccountId | null
  readonly membershipId: MembershipId | null
  readonly displayName: string
  readonly practitionerId: PractitionerId | null
  readonly unitIds: readonly UnitId[]
  readonly isHealthProfessional: boolean
  readonly requestId: string | null
  /** Those for whom a secretary acts, as they stood when the request came, or the act began; absent for all others. */
  readonly delegations?: readonly HeldDelegation[]
  /** Set for one act, once the right to it was judged: every line of the story and of the trail then names them too. */
  readonly onBehalfOf?: OnBehalfOf
}

/** The system within a CPTS: jobs and consequences of other acts. */
export const systemActor = (cptsId: CptsId): Actor => ({
  cptsId,
  role: 'system',
  accountId: null,
  membershipId: null,
  displayName: 'Maillage',
  practitionerId: null,
  unitIds: [],
  isHealthProfessional: false,
  requestId: null,
})
