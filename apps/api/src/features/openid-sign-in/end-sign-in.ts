import type { ProviderAnswer } from '@maillage/contracts/openid/sign-in'
import { type AccountRow, listMemberships } from '../../kernel/accounts/account.store.ts'
import { recordSession } from '../../kernel/accounts/record-session.ts'
import { type OpenedSession, openSession } from '../../kernel/accounts/session-opening.ts'
import type { Db } from '../../platform/db/database.ts'
import { AnswerRefused } from '../../platform/openid/answer-refused.ts'
import { takeFlow } from '../../platform/openid/flow.store.ts'
import type { KnownProvider } from '../../platform/openid/openid-door.ts'
import type { OpenIdProvider } from '../../platform/openid/openid-provider.ts'
import { type Expected, redeemCode, type Vouched } from '../../platform/openid/redeem-code.ts'
import { endLocked } from '../../platform/session/refresh-tokens.ts'
import { returnAddress } from './begin-sign-in.ts'
import { accountOfRpps, accountOfStaff, type Refusal, refuse } from './find-vouched-account.ts'
import { link } from './link.store.ts'
import type { OpenIdSignInDeps } from './openid-sign-in-deps.ts'
import { keepForSignOut } from './sign-out.store.ts'
import { professionalOf } from './vouched-professional.ts'
import { staffOf } from './vouched-staff.ts'

/** The browser that came back: its word, what it says of itself, and the session that was locked there. */
export interface Returning {
  readonly browser: string | undefined
  readonly device: string
  readonly locked: string | undefined
}

/** A session, and the screen that was asked for; or why there is none. */
export type Ended = { readonly session: OpenedSession; readonly returnTo: string } | Refusal

/** Ends a sign-in through a provider: the answer is judged, the account found, the session opened. */
export async function endSignIn(
  deps: OpenIdSignInDeps,
  known: KnownProvider,
  answer: ProviderAnswer,
  { browser, device, locked }: Returning,
): Promise<Ended> {
  const { provider } = known
  const flow = await deps.db.global((tx) =>
    takeFlow(tx, { state: answer.state ?? '', browser, provider: provider.key }, deps.now()),
  )
  if (flow === 'expired' || flow === 'other-browser') return await refused(deps, provider, refuse(flow))
  try {
    const vouched = await redeem(deps, known, answer, flow)
    const account = await deps.db.global((tx) => vouchedAccount(tx, provider, vouched, deps.now()))
    if ('refusal' in account) return await refused(deps, provider, account)
    const session = await openSession(deps, account, {
      method: provider.kind,
      secondFactor: 'identity-provider',
      device,
    })
    // Whoever comes back to a locked screen goes on in this session: the other one must not wait there.
    if (locked) await deps.db.global((tx) => endLocked(tx, { id: locked, accountId: account.id }, deps.now()))
    await keepForSignOut(deps, session.claims.familyId, { provider: provider.key, idToken: vouched.idToken })
    return { session, returnTo: flow.returnTo }
  } catch (error) {
    if (!(error instanceof AnswerRefused)) throw error
    return await refused(deps, provider, refuse(error.reason), error.detail)
  }
}

async function redeem(
  { now, settings }: OpenIdSignInDeps,
  { provider, configuration }: KnownProvider,
  answer: ProviderAnswer,
  expected: Expected,
): Promise<Vouched> {
  // Built from our own address: what the request says of its host may be anything.
  const url = new URL(returnAddress(settings.publicUrl, provider.key))
  for (const [name, value] of Object.entries(answer)) if (value !== undefined) url.searchParams.set(name, value)
  return await redeemCode(await configuration(), url, expected, now())
}

async function vouchedAccount(
  tx: Db,
  provider: OpenIdProvider,
  vouched: Vouched,
  now: Date,
): Promise<AccountRow | Refusal> {
  const account = await accountBehind(tx, provider, vouched)
  if ('refusal' in account) return account
  const identity = { issuer: provider.issuer, subject: vouched.token.sub }
  if (await link(tx, identity, account.id, now)) return account
  return refuse('link-differs', [{ accountId: account.id, memberships: await listMemberships(tx, account.id) }])
}

async function accountBehind(tx: Db, provider: OpenIdProvider, vouched: Vouched): Promise<AccountRow | Refusal> {
  if (provider.kind === 'pro-sante-connect') {
    const professional = professionalOf(vouched)
    return typeof professional === 'string' ? refuse(professional) : await accountOfRpps(tx, professional.rpps)
  }
  const staff = staffOf(provider, vouched)
  return typeof staff === 'string' ? refuse(staff) : await accountOfStaff(tx, staff.email)
}

/** Tells the operator's log, without a name, and the trail of each CPTS that the refusal concerns. */
async function refused(
  deps: OpenIdSignInDeps,
  { key }: OpenIdProvider,
  refusal: Refusal,
  detail?: string,
): Promise<Refusal> {
  deps.log.warn({ provider: key, refusal: refusal.refusal, detail }, 'a sign-in through a provider was refused')
  for (const { accountId, memberships } of refusal.concerned) {
    await recordSession(deps, memberships, {
      accountId,
      displayName: '',
      action: 'session.refused',
      outcome: 'refused',
    })
  }
  return refusal
}
