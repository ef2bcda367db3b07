import { createHmac, timingSafeEqual } from 'node:crypto'

const shape = /^[\w-]{43}$/

/** Is this what a browser is recognised by from one page to the next, kept in its cookie alone? */
export const isPageSecret = (value: string | undefined): value is string => value !== undefined && shape.test(value)

/**
 * What a form must send back: derived from the cookie, so that a page of another site, which can make a browser send
 * the cookie but not read it, cannot write it.
 */
export const formTokenOf = (secret: string): string => createHmac('sha256', secret).update('form').digest('base64url')

/** Does the form hold the word of this browser's cookie? */
export function isFormToken(secret: string, given: string | undefined): boolean {
  const expected = Buffer.from(formTokenOf(secret))
  const sent = Buffer.from(given ?? '')
  return sent.length === expected.length && timingSafeEqual(sent, expected)
}
