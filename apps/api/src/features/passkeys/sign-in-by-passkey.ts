import { PasskeyRequest, type SignedByPasskey } from '@maillage/contracts/second-factor/passkeys'
import { type AccountRow, findAccount, listMemberships } from '../../kernel/accounts/account.store.ts'
import { recordSession, recordSessionOf } from '../../kernel/accounts/record-session.ts'
import type { PasskeyRow } from '../../kernel/accounts/second-factors.store.ts'
import { type OpenedSession, openSession } from '../../kernel/accounts/session-opening.ts'
import { tellOwner } from '../../kernel/accounts/tell-owner.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import { keepProof } from '../../platform/session/session-proof.ts'
import { countAttempt, forgetAttempts } from '../../platform/session/sign-in-attempts.ts'
import { findByCredential, keepChallenge, keepUse, suspect, takeChallenge } from './passkeys.store.ts'
import { challengeMs, type PasskeyDeps } from './register-passkey.ts'
import { challengeIn, type RelyingParty } from './relying-party.ts'
import { webauthn } from './webauthn.ts'

/** From where somebody signs in. */
export interface PasskeyCaller {
  readonly address: string
  readonly device: string
}

/** What a browser needs to let somebody choose one of their keys: it names none, and says nothing of anybody. */
export async function beginPasskeySignIn(
  { db, now }: PasskeyDeps,
  { id: rpID }: RelyingParty,
): Promise<PasskeyRequest> {
  const { generateAuthenticationOptions } = await webauthn()
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required', timeout: challengeMs })
  const expiresAt = new Date(now().getTime() + challengeMs)
  await db.global((tx) => keepChallenge(tx, { challenge: options.challenge, purpose: 'sign-in', expiresAt }))
  return PasskeyRequest.parse(options)
}

/**
 * Opens a session for who holds a key: the key itself, and what it asked of its owner, are both factors. Whatever is wrong
 * has one answer.
 */
export async function signInByPasskey(
  deps: PasskeyDeps,
  signed: SignedByPasskey,
  site: RelyingParty,
  { address, device }: PasskeyCaller,
): Promise<OpenedSession> {
  const holder = await judge(deps, signed, site, address)
  if (!holder) throw problem('passkey-refused')
  return await openSession(deps, holder.account, { method: 'passkey', secondFactor: 'passkey', device })
}

/** Says again who one is, within a session, by a key of the same account: as good as a code. */
export async function proveByPasskey(
  deps: PasskeyDeps,
  { accountId, familyId }: Claims,
  signed: SignedByPasskey,
  site: RelyingParty,
  address: string,
): Promise<void> {
  const holder = await judge(deps, signed, site, address)
  if (holder?.account.id !== accountId) throw problem('wrong-proof')
  await deps.db.global((tx) => keepProof(tx, familyId, deps.now()))
}

/** Who holds the key that signed; undefined when anything is wrong. Tries are counted by address. */
async function judge(
  deps: PasskeyDeps,
  signed: SignedByPasskey,
  site: RelyingParty,
  address: string,
): Promise<Holder | undefined> {
  const { db, now } = deps
  await db.global((tx) => countAttempt(tx, { address }, now()))
  const challenge = challengeIn(signed.response.clientDataJSON) ?? ''
  const asked = await db.global((tx) => takeChallenge(tx, 'sign-in', challenge, now()))
  const found = await db.global((tx) => findHolder(tx, signed))
  const use = asked && found && (await verifySigned(signed, challenge, found.key, site))
  if (!found || !use) return undefined
  if (!(await db.global((tx) => keepUse(tx, found.key.id, use, now())))) {
    await suspectCopy(deps, found)
    return undefined
  }
  await db.global((tx) => forgetAttempts(tx, { address }))
  return found
}

interface Holder {
  readonly key: PasskeyRow
  readonly account: AccountRow
}

async function findHolder(tx: Db, { id, response }: SignedByPasskey): Promise<Holder | undefined> {
  const key = await findByCredential(tx, id)
  if (!key || key.suspectedAt || key.userHandle !== response.userHandle) return undefined
  const account = await findAccount(tx, key.accountId)
  return account && { key, account }
}

/** How often the key says that it signed, once its signature was verified; undefined when anything is wrong. */
async function verifySigned(
  response: SignedByPasskey,
  expectedChallenge: string,
  { credentialId, publicKey }: PasskeyRow,
  site: RelyingParty,
): Promise<{ counter: number; isBackedUp: boolean } | undefined> {
  const { verifyAuthenticationResponse } = await webauthn()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: [...site.origins],
      expectedRPID: site.id,
      requireUserVerification: true,
      // The count is compared by the statement that keeps it, after the signature: a forged one must not accuse a key.
      credential: { id: credentialId, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter: 0 },
    })
    if (!verified) return undefined
    return { counter: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp }
  } catch {
    return undefined
  }
}

/** The key opens nothing any more; its owner is told, who alone knows whether they have two. */
async function suspectCopy(deps: PasskeyDeps, { key, account }: Holder): Promise<void> {
  const { id: accountId, displayName } = account
  const memberships = await deps.db.global(async (tx) => {
    await suspect(tx, key.id, deps.now())
    return await listMemberships(tx, accountId)
  })
  const told = { accountId, displayName, action: 'second-factor.suspected', outcome: 'refused' } as const
  await recordSession(deps, memberships, told)
  await tellOwner(deps, account, memberships, 'protection-changed')
}

/** Tells the trail that a known key opened nothing. Called once the caller was answered. */
export async function recordRefusedPasskey(deps: PasskeyDeps, credentialId: string): Promise<void> {
  const key = await deps.db.global((tx) => findByCredential(tx, credentialId))
  if (key) await recordSessionOf(deps, key.accountId, { action: 'session.refused', outcome: 'refused' })
}
