import type { AccountId, CptsId, MembershipId, OrganizationId, UnitId } from '@maillage/contracts/kit/ids'
import { newId, OrganizationId as OrganizationIds, UnitId as UnitIds } from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import { eq } from 'drizzle-orm'
import { createCpts } from '../../src/features/accounts/create-cpts.ts'
import { addMembership, createAccount, type NewMembership } from '../../src/kernel/accounts/create-account.ts'
import { accounts, organizations, organizationUnits } from '../../src/kernel/tables/cpts.table.ts'
import type { SessionHat } from '../../src/platform/session/refresh-tokens.ts'
import type { TestApp } from '../build-test-app.ts'
import { prepare } from './as-owner.ts'

/** Every invented person signs in with this. */
export const testPassword = 'correct horse battery staple'

let count = 0
const next = (): number => {
  count += 1
  return count
}

/** A territory that covers Bordeaux and Bègles unless told otherwise. */
export async function aCpts(
  tested: TestApp,
  over: { name?: string; municipalities?: readonly string[] } = {},
): Promise<CptsId> {
  const { name = `CPTS d’essai ${next()}`, municipalities: codes = ['33063', '33039'] } = over
  return await prepare(tested, (tx) => createCpts(tx, { name, municipalities: codes }, tested.deps.now()))
}

/** Somebody who can sign in by a password alone unless told otherwise, and wears no hat yet. */
export async function anAccount(
  tested: TestApp,
  over: { email?: string; displayName?: string; isSecondFactorExempt?: boolean } = {},
): Promise<AccountId> {
  const number = next()
  const { email = `personne${number}@essai.example`, displayName = `Personne Essai ${number}` } = over
  const { isSecondFactorExempt = true } = over
  const account = { email, displayName, password: testPassword, isSecondFactorExempt }
  return await prepare(tested, async (tx) => (await createAccount(tx, account, tested.deps.now())).id)
}

/** A role in a CPTS; ward staff get a ward of their own unless units are given. */
export async function aMembership(
  tested: TestApp,
  accountId: AccountId,
  membership: NewMembership,
): Promise<SessionHat & { role: Role; unitIds: readonly UnitId[] }> {
  const { cptsId, role } = membership
  const needsUnit = role === 'hospital_staff' && !membership.unitIds
  const unitIds = needsUnit ? [(await aUnit(tested, cptsId)).unitId] : (membership.unitIds ?? [])
  const membershipId: MembershipId = await prepare(tested, (tx) =>
    addMembership(tx, accountId, { ...membership, unitIds }, tested.deps.now()),
  )
  return { membershipId, cptsId, role, unitIds }
}

/** A hospital with one ward. */
export async function aUnit(
  tested: TestApp,
  cptsId: CptsId,
  name = 'Médecine interne',
): Promise<{ organizationId: OrganizationId; unitId: UnitId }> {
  const organizationId = newId(OrganizationIds)
  const unitId = newId(UnitIds)
  await prepare(tested, async (tx) => {
    await tx.insert(organizations).values({ cptsId, id: organizationId, name: 'Hôpital d’essai', kind: 'hospital' })
    await tx.insert(organizationUnits).values({ cptsId, id: unitId, organizationId, name })
  })
  return { organizationId, unitId }
}

/** The headers of a session that this account just opened through the API. */
export async function signedIn(
  tested: TestApp,
  accountId: AccountId,
  membershipId?: MembershipId,
): Promise<{ authorization: string }> {
  const [account] = await prepare(tested, (tx) => tx.select().from(accounts).where(eq(accounts.id, accountId)))
  const payload = { email: account?.email ?? '', password: testPassword }
  // From elsewhere than what a test sends: its failed tries must not keep its own people out.
  const remoteAddress = '192.0.2.77'
  const opened = await tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload, remoteAddress })
  if (opened.statusCode !== 201) throw new Error(`Sign-in answered ${opened.statusCode}`)
  const first = bearer(opened.json())
  if (!membershipId) return first
  const change = {
    method: 'POST',
    url: '/api/v1/sessions/current/membership',
    headers: first,
    payload: { membershipId },
  } as const
  return bearer((await tested.app.inject(change)).json())
}

const bearer = (session: { accessToken: string }): { authorization: string } => ({
  authorization: `Bearer ${session.accessToken}`,
})

/** A new person with one role in a CPTS, signed in. */
export async function someoneWho(
  tested: TestApp,
  membership: NewMembership,
): Promise<{ accountId: AccountId; membershipId: MembershipId; headers: { authorization: string } }> {
  const accountId = await anAccount(tested)
  const { membershipId } = await aMembership(tested, accountId, membership)
  return { accountId, membershipId, headers: await signedIn(tested, accountId) }
}
