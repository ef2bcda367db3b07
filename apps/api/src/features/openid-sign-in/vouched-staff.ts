import * as z from 'zod'
import type { HospitalProvider } from '../../platform/openid/openid-provider.ts'
import type { Vouched } from '../../platform/openid/redeem-code.ts'

const Told = z.object({ email: z.email().max(200), email_verified: z.literal(true) })

/** What a hospital vouches for: an address of its own domains, confirmed, and two factors; or why not. */
export function staffOf(
  { emailDomains, twoFactorLevels, twoFactorMeans }: HospitalProvider,
  { token, userInfo }: Vouched,
): { email: string } | 'too-weak' | 'unknown-address' {
  const means: readonly unknown[] = Array.isArray(token.amr) ? token.amr : []
  const isStrong =
    twoFactorLevels.some((level) => level === token.acr) || twoFactorMeans.some((one) => means.includes(one))
  if (!isStrong) return 'too-weak'
  const told = Told.safeParse(userInfo ?? token)
  const email = told.data?.email.trim().toLowerCase() ?? ''
  const isTheirs = emailDomains.some((domain) => email.endsWith(`@${domain}`))
  return isTheirs ? { email } : 'unknown-address'
}
