import type { Role } from '@maillage/contracts/roles'
import type { Actor } from '../../kernel/actor.ts'

// Places are opened discreetly: a ward and a requester read who practises where, not who still takes patients.
const withoutCapacity: readonly Role[] = ['hospital_staff', 'requester', 'secretary']

/** May this person read how many places are open? */
export const seesCapacity = (actor: Actor): boolean => !withoutCapacity.some((role) => role === actor.role)
