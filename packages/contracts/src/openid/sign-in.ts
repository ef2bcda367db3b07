import * as z from 'zod'

/**
 * Why a sign-in through a provider was refused. It stands in the address of the sign-in page, and tells nothing of
 * anybody: the page has the words, and what to do.
 */
export const providerRefusals = [
  /** They renounced at the provider. */
  'cancelled',
  /** Taken too long, begun elsewhere, or its address opened twice. */
  'expired',
  'other-browser',
  /** The provider's answer does not hold: nonce, signature, issuer, audience, code. */
  'untrusted',
  'stale',
  'clock',
  'unavailable',
  /** The provider does not vouch for enough: its level, or two factors. */
  'too-weak',
  /** Pro Santé Connect gave no RPPS number. */
  'no-rpps',
  'unknown-professional',
  'several-accounts',
  'account-closed',
  'membership-ended',
  /** The account was signed in to by another identity before, or this identity to another account. */
  'link-differs',
  /** Of a hospital: its address is not confirmed, not of its domains, or nobody's here. */
  'unknown-address',
  'not-hospital-staff',
] as const
export const ProviderRefusal = z.enum(providerRefusals)
export type ProviderRefusal = z.infer<typeof ProviderRefusal>

/** A way in that somebody else vouches for, as the sign-in page shows it. */
export const SignInProvider = z.object({
  /** Names it in our addresses. */
  key: z.string(),
  kind: z.enum(['pro-sante-connect', 'hospital']),
  name: z.string(),
})
export type SignInProvider = z.infer<typeof SignInProvider>

export const ProviderParams = z.object({ provider: z.string().regex(/^[a-z0-9-]{1,40}$/) })

/** `returnTo`: a path of ours; anything else leads to the first screen. */
export const BeginProviderSignIn = z.object({ returnTo: z.string().max(2000).optional() })

const Told = z.string().max(4000)

/** What a provider adds to the address that it sends the browser back to (RFC 6749 and 9207). */
export const ProviderAnswer = z.object({
  state: Told.optional(),
  code: Told.optional(),
  iss: Told.optional(),
  error: Told.optional(),
  error_description: Told.optional(),
})
export type ProviderAnswer = z.infer<typeof ProviderAnswer>

/** Where to go to end the session at the provider too; null when none vouched for this one. */
export const ProviderSignOut = z.object({ url: z.string().nullable() })
export type ProviderSignOut = z.infer<typeof ProviderSignOut>
