/** How somebody proved who they are at the door. */
export const signInMethods = ['password', 'passkey', 'pro-sante-connect', 'hospital'] as const
export type SignInMethod = (typeof signInMethods)[number]

/**
 * What was shown beside it. `passkey`: the key itself asks for a finger, a face or a PIN; `identity-provider`: the
 * provider vouches for two factors (its `acr`); `exempt`: an account of a demo.
 */
export const secondFactors = [
  'totp',
  'recovery-code',
  'remembered-device',
  'passkey',
  'identity-provider',
  'exempt',
] as const
export type SecondFactor = (typeof secondFactors)[number]
