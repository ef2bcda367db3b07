import { createHash, randomBytes } from 'node:crypto'

/** What a browser or a message holds to be recognised by: 256 random bits, that nobody guesses. */
export const newSecretToken = (): string => randomBytes(32).toString('base64url')

/**
 * The form under which a word is kept that whoever reads the table must not learn: a token, an address. Quick to compute:
 * right for what nobody can try out, never for a password.
 */
export const digestOf = (word: string): string => createHash('sha256').update(word).digest('base64url')
