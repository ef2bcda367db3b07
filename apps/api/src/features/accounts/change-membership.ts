import type { MembershipId } from '@maillage/contracts/kit/ids'
import { findAccount, listMemberships, toAccount } from '../../kernel/accounts/account.store.ts'
import { isHospitalStaff } from '../../kernel/accounts/hospital-staff.ts'
import { hatOf, type OpenedSession } from '../../kernel/accounts/session-opening.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import { wearHat } from '../../platform/session/refresh-tokens.ts'
import { findSession } from '../../platform/session/session-proof.ts'
import type { SessionDeps } from './sign-in.ts'

/** Goes on under another role or in another CPTS; the session remembers it. */
export async function changeMembership(
  { db, now }: SessionDeps,
  { accountId, familyId, mustEnrol }: Claims,
  { membershipId }: { membershipId: MembershipId },
): Promise<OpenedSession> {
  if (mustEnrol) throw problem('second-factor-to-enrol')
  return await db.global(async (tx) => {
    const account = await findAccount(tx, accountId)
    if (!account) throw problem('session-ended')
    const { method } = await findSession(tx, familyId)
    const wanted = (await listMemberships(tx, accountId)).find(({ id }) => id === membershipId)
    if (!wanted) throw invalidField('/membershipId', 'unknown')
    // A hospital let them in as its staff, and vouches for no other role.
    if (method === 'hospital' && !isHospitalStaff([wanted])) throw problem('role-may-not')
    const hat = hatOf(wanted)
    if (!(await wearHat(tx, familyId, hat, now()))) throw problem('session-ended')
    const claims = { accountId, displayName: account.displayName, familyId, hat }
    return { claims, account: toAccount(account) }
  })
}
