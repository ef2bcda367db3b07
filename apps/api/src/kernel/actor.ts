import type { AccountId, CptsId, MembershipId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import type { ActorRole } from '@maillage/contracts/roles'

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
