import { generateSecret, generateURI, verifySync } from 'otplib'

/** How far a telephone's clock may be from ours: one code before, one after (RFC 6238, 5.2). */
const toleranceSeconds = 30

/** A secret for an authenticator: 160 bits in base32. */
export const newTotpSecret = (): string => generateSecret()

/** What an authenticator scans; `label` is what its owner will read beside the code. */
export const totpUri = (secret: string, label: string): string => generateURI({ issuer: 'Maillage', label, secret })

/** The step whose code this is, now or one step beside; undefined when it is none of them. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const epoch = Math.floor(now.getTime() / 1000)
  const found = verifySync({ secret, token: code, epoch, epochTolerance: toleranceSeconds })
  return found.valid && 'timeStep' in found ? found.timeStep : undefined
}
