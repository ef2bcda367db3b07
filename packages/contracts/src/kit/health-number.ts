import * as z from 'zod'

/** `1 86 02 2A 215 325 23` as it is kept: fifteen characters, no space, capitals. */
export const plainHealthNumber = (typed: string): string => typed.replaceAll(/[\s.\u00A0\u202F-]/g, '').toUpperCase()

// Sex, year, month, department (Corsica’s 2A and 2B), commune, order, key.
const shape = /^[1-478]\d{4}(?:\d{2}|2[AB])\d{6}\d{2}$/

/**
 * Is this a NIR or a NIA? Shape and key alone: 97 less the rest of the first thirteen digits, Corsica's `2A` read as 19
 * and `2B` as 18. Neither the month nor the commune is judged: unknown ones have codes of their own.
 */
export function isHealthNumber(number: string): boolean {
  if (!shape.test(number)) return false
  const digits = number.slice(0, 13).replace('2A', '19').replace('2B', '18')
  return 97 - Number(BigInt(digits) % 97n) === Number(number.slice(13))
}

/** A national health number with its key, as `plainHealthNumber` gives it. The value never stands in an error. */
export const HealthNumber = z.string().regex(shape).refine(isHealthNumber, { error: 'The key does not fit' })

/** `1 86 02 2A 215 325 23`: as the card shows it. */
export const spacedHealthNumber = (number: string): string =>
  number.replace(/^(.)(..)(..)(..)(...)(...)(..)$/, '$1 $2 $3 $4 $5 $6 $7')
