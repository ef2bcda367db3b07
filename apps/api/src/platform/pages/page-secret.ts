import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const shape = /^[\w-]{43}$/

/** What a browser is recognised by from one page to the next: 256 random bits, kept in its cookie alone. */
export const newPageSecret = (): string => randomBytes(32).toString('base64url')

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

/** Did this browser say that the form was sent by a page of another site? Older ones say nothing; the token decides. */
export function isFromElsewhere(
  headers: { origin?: string | undefined; host?: string | undefined; 'sec-fetch-site'?: string | string[] | undefined },
  publicUrl: string,
): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const { origin } = headers
  if (!origin || origin === 'null') return false
  const host = URL.canParse(origin) ? new URL(origin).host : ''
  return host !== headers.host && host !== new URL(publicUrl).host
}
