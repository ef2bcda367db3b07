import { randomInt } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'

/** How many are given at once. */
export const recoveryCodeCount = 10

// Crockford's base 32: no letter that is read as a digit, none that makes a word of it.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 12
// As for passwords (argon2id by default): OWASP's first choice.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }

/** Sixty bits, in three groups that people copy by hand: `7Q4M-2VXA-9KTP`. */
export function newRecoveryCode(): string {
  const letters = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

/** What somebody meant to type: spaces, dashes, small letters and letters taken for digits do not count; undefined when it is no such code. */
export function readRecoveryCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  const isOne = letters.length === length && [...letters].every((letter) => alphabet.includes(letter))
  return isOne ? letters : undefined
}

/**
 * The digest under which a code is kept. Slow, so that a stolen table is no list of codes; salted by the account, so that
 * one computation finds which of the ten was typed.
 */
export async function digestOfRecoveryCode(accountId: string, code: string): Promise<string> {
  const salt = Buffer.from(accountId.replaceAll('-', ''), 'hex')
  return (await hashRaw(code.replaceAll('-', ''), { ...cost, salt })).toString('base64url')
}
