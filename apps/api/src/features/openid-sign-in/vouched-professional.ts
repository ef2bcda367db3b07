import { Rpps } from '@maillage/contracts/kit/identifiers'
import * as z from 'zod'
import type { Vouched } from '../../platform/openid/redeem-code.ts'

/**
 * Levels of Pro Santé Connect, all of which are two factors: it lets in by the e-CPS (an enrolled phone and its code) or
 * by the CPS card (the card and its code) alone. A token without `acr` stands for eidas1, says the ANS.
 */
const levels = ['eidas1', 'eidas2', 'eidas3']

// One identifier: a list, even of one, is not what the ANS describes.
const Told = z.object({ SubjectNameID: z.string() })

/** `idNat_PS`: 8 before the eleven digits of an RPPS; 0 is an ADELI, 3 a FINESS and a number within it, and so on. */
const nationalId = /^8(\d{11})$/

/** What Pro Santé Connect vouches for: an RPPS number, or why there is none to believe. */
export function professionalOf({ token, userInfo }: Vouched): { rpps: string } | 'too-weak' | 'no-rpps' {
  if (token.acr !== undefined && !levels.includes(String(token.acr))) return 'too-weak'
  const told = Told.safeParse(userInfo)
  const [, digits] = nationalId.exec(told.data?.SubjectNameID ?? '') ?? []
  const rpps = Rpps.safeParse(digits)
  return rpps.success ? { rpps: rpps.data } : 'no-rpps'
}
