import type { Membership } from '@maillage/contracts/accounts'
import type { AccountId } from '@maillage/contracts/kit/ids'
import type { ProviderRefusal } from '@maillage/contracts/openid/sign-in'
import {
  type AccountRow,
  findAccount,
  findAccountByEmail,
  listMemberships,
} from '../../kernel/accounts/account.store.ts'
import { findByRpps, type RppsHolding } from '../../kernel/accounts/find-by-rpps.ts'
import { isHospitalStaff } from '../../kernel/accounts/hospital-staff.ts'
import type { Db } from '../../platform/db/database.ts'

/** A refusal, and whom it concerns: their CPTS' trails tell of it. Nobody that we know: an empty list. */
export interface Refusal {
  readonly refusal: ProviderRefusal
  readonly concerned: readonly { readonly accountId: AccountId; readonly memberships: readonly Membership[] }[]
}

export const refuse = (refusal: ProviderRefusal, concerned: Refusal['concerned'] = []): Refusal => ({
  refusal,
  concerned,
})

/** The one account that holds the directory entry of this number, open, with a role that lasts. */
export async function accountOfRpps(tx: Db, rpps: string): Promise<AccountRow | Refusal> {
  const holdings = await findByRpps(tx, rpps)
  const open = holdings.filter(({ isClosed, hasEnded }) => !isClosed && !hasEnded)
  const [only, ...others] = new Set(open.map(({ accountId }) => accountId))
  if (only === undefined) return refuseClosed(holdings)
  if (others.length > 0) return refuse('several-accounts', concernedBy(open))
  return (await findAccount(tx, only)) ?? refuseClosed(holdings)
}

function refuseClosed(holdings: readonly RppsHolding[]): Refusal {
  if (holdings.length === 0) return refuse('unknown-professional')
  const isClosed = holdings.some((holding) => holding.isClosed && !holding.hasEnded)
  return refuse(isClosed ? 'account-closed' : 'membership-ended', concernedBy(holdings))
}

const concernedBy = (holdings: readonly RppsHolding[]): Refusal['concerned'] =>
  holdings.map(({ accountId, membership }) => ({ accountId, memberships: [membership] }))

/** The account of this address, whose roles are a hospital's alone: a hospital vouches for no coordinator. */
export async function accountOfStaff(tx: Db, email: string): Promise<AccountRow | Refusal> {
  const account = await findAccountByEmail(tx, email)
  if (!account) return refuse('unknown-address')
  const memberships = await listMemberships(tx, account.id)
  return isHospitalStaff(memberships) ? account : refuse('not-hospital-staff', [{ accountId: account.id, memberships }])
}
