import * as z from 'zod'
import { parseJson } from '../../platform/parse-json.ts'

/** For what site keys are made, and from which pages they may be used. */
export interface RelyingParty {
  /** The host's name: a key made for it signs for no other. */
  readonly id: string
  readonly origins: readonly string[]
}

/**
 * The site, from the address that people type. A trial over plain http may listen on another port than the one that was
 * named: there the page's own origin is taken, on the same host.
 */
export function relyingParty(publicUrl: string, origin: string | undefined): RelyingParty {
  const own = new URL(publicUrl)
  const page = origin !== undefined && URL.canParse(origin) ? new URL(origin) : undefined
  const isTrial = own.protocol === 'http:' && page?.protocol === 'http:' && page.hostname === own.hostname
  return { id: own.hostname, origins: isTrial && page ? [own.origin, page.origin] : [own.origin] }
}

const ClientData = z.object({ challenge: z.string().max(200) })

/** The challenge that a browser says it answered; nothing else is believed before the signature is checked. */
export function challengeIn(clientDataJSON: string): string | undefined {
  return ClientData.safeParse(parseJson(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))).data?.challenge
}
