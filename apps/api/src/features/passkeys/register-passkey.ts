import { newRowId } from '@maillage/contracts/kit/ids'
import { type AddedPasskey, type AddPasskey, PasskeyCreation } from '@maillage/contracts/second-factor/passkeys'
import { drawRecoveryCodes } from '../../kernel/accounts/give-recovery-codes.ts'
import { demandProtecting, keepEnrolment, recordProtection } from '../../kernel/accounts/protecting.ts'
import { countRecoveryCodes, listPasskeys } from '../../kernel/accounts/second-factors.store.ts'
import { toPasskey } from '../../kernel/accounts/to-passkey.ts'
import type { Deps } from '../../kernel/context.ts'
import type { passkeys } from '../../kernel/tables/second-factor.table.ts'
import { newSecretToken } from '../../platform/crypto/digest.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import type { Claims } from '../../platform/session/claims.ts'
import { type ChallengeRow, insertPasskey, keepChallenge, takeChallenge } from './passkeys.store.ts'
import { challengeIn, type RelyingParty } from './relying-party.ts'
import { webauthn } from './webauthn.ts'

export type PasskeyDeps = Pick<Deps, 'db' | 'now'>

/** How long somebody may look for their key. */
export const challengeMs = 5 * 60_000
/** More would be a list to be lost in. */
const mostKeys = 20

/** What the browser needs to make a key: one that is found without an e-mail, and that asks its owner for a finger, a face or a PIN. */
export async function beginPasskey(
  { db, now }: PasskeyDeps,
  claims: Claims,
  { id: rpID }: RelyingParty,
): Promise<PasskeyCreation> {
  const { generateRegistrationOptions } = await webauthn()
  return await db.global(async (tx) => {
    const { account, session } = await demandProtecting(tx, claims, now())
    const known = await listPasskeys(tx, account.id)
    // The same for all of one's keys, so that a browser replaces its own; it says nothing of who that is.
    const userHandle = known[0]?.userHandle ?? newSecretToken()
    const options = await generateRegistrationOptions({
      rpName: 'Maillage',
      rpID,
      userName: account.email,
      userDisplayName: account.displayName,
      userID: new Uint8Array(Buffer.from(userHandle, 'base64url')),
      excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      timeout: challengeMs,
    })
    const { challenge } = options
    const expiresAt = new Date(now().getTime() + challengeMs)
    const asked = { accountId: account.id, sessionId: session.id, userHandle }
    await keepChallenge(tx, { challenge, purpose: 'register', expiresAt, ...asked })
    return PasskeyCreation.parse(options)
  })
}

/** Adds the key that a browser made. The first factor of an account brings its recovery codes. */
export async function addPasskey(
  deps: PasskeyDeps,
  claims: Claims,
  input: AddPasskey,
  site: RelyingParty,
): Promise<AddedPasskey> {
  const { db, now } = deps
  const row = await verifiedKey(deps, claims, input, site)
  const hasCodes = await db.global((tx) => countRecoveryCodes(tx, claims.accountId))
  const drawn = hasCodes ? undefined : await drawRecoveryCodes(claims.accountId)
  const { protecting, passkey } = await db.global(async (tx) => {
    const protecting = await demandProtecting(tx, claims, now())
    if ((await listPasskeys(tx, claims.accountId)).length >= mostKeys) throw invalidField('/made', 'too-many')
    const key = await insertPasskey(tx, row)
    if (!key) throw problem('already-exists')
    await keepEnrolment(tx, protecting, 'passkey', now())
    await drawn?.keep(tx, now())
    return { protecting, passkey: toPasskey(key) }
  })
  await recordProtection(deps, protecting, 'second-factor.enrolled')
  return { passkey, recoveryCodes: drawn ? [...drawn.codes] : null }
}

/** The key as it will be kept, once the browser's word was verified against the challenge that this very session was given. */
async function verifiedKey(
  { db, now }: PasskeyDeps,
  { accountId, familyId }: Claims,
  { name, made }: AddPasskey,
  site: RelyingParty,
): Promise<typeof passkeys.$inferInsert> {
  const challenge = challengeIn(made.response.clientDataJSON) ?? ''
  const asked = await db.global((tx) => takeChallenge(tx, 'register', challenge, now()))
  if (asked?.accountId !== accountId || asked.sessionId !== familyId || !asked.userHandle)
    throw invalidField('/made', 'wrong')
  const info = await verifyMade(made, asked, site)
  return {
    id: newRowId(),
    accountId,
    credentialId: info.credential.id,
    userHandle: asked.userHandle,
    publicKey: Buffer.from(info.credential.publicKey).toString('base64url'),
    counter: info.credential.counter,
    transports: made.response.transports ?? [],
    name,
    isBackedUp: info.credentialBackedUp,
    createdAt: now(),
  }
}

async function verifyMade(response: AddPasskey['made'], { challenge }: ChallengeRow, site: RelyingParty) {
  const { verifyRegistrationResponse } = await webauthn()
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...site.origins],
      expectedRPID: site.id,
      requireUserVerification: true,
    })
    if (registrationInfo) return registrationInfo
  } catch {
    // What is wrong with it concerns whoever forged it: people are told to try again.
  }
  throw invalidField('/made', 'wrong')
}
