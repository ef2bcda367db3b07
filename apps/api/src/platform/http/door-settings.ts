import type { Config } from '../config.ts'
import { type Patience, usualPatience } from '../door/patience.ts'
import type { OwnLimits } from '../limits/limit-classes.ts'
import type { SecureDomains } from '../mail/secure-domains.ts'

/** What the HTTP door is told by the configuration. */
export interface DoorSettings {
  readonly version: string
  /** The program that answers, by its content; absent, an answer can be confirmed by the process that made it alone. */
  readonly build?: string | undefined
  readonly publicUrl: string
  readonly isDemo: boolean
  /** Shown on the sign-in page of a demo; empty elsewhere. */
  readonly demoAccounts: readonly { email: string; label: string }[]
  /** Requests a minute, for an account or, before sign-in, for an address. */
  readonly rateLimitMax: number
  /** Of some kinds of requests, a number of their own instead of a part of that one. */
  readonly limits?: OwnLimits
  /** After so many minutes without a gesture a screen locks itself; absent, the usual quarter of an hour. */
  readonly idleLockMinutes?: number | undefined
  /** How many proxies stand in front: only what these wrote of the caller's address is believed, not what came to them. */
  readonly trustProxy: number | false
  /** How long callers are waited for; absent, as usual. */
  readonly patience?: Patience
  /** `Secure` on the refresh cookie: everywhere but on plain-http localhost. */
  readonly cookieSecure: boolean
  /** A ground for the maps that browsers ask of a third party. */
  readonly mapTiles?: { readonly url: string; readonly attribution: string } | undefined
  /** Between which domains a message may carry health data; absent, this server has no account for it. */
  readonly secureDomains?: SecureDomains | undefined
  /** The built SPA; absent, the API stands alone. */
  readonly webDir?: string | undefined
  /** Tests: an answer that breaks its contract is an error instead of being mended by the serializer. */
  readonly verifyAnswers?: boolean
}

/** The door's settings in a process started by an operator. */
export function doorSettings(
  config: Config,
  given: Pick<DoorSettings, 'version' | 'build' | 'demoAccounts' | 'webDir'>,
): DoorSettings {
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port ?? 3000}`
  const { protocol, hostname } = new URL(publicUrl)
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  return {
    ...given,
    publicUrl,
    isDemo: config.demo !== undefined,
    rateLimitMax: config.rateLimitMax,
    limits: config.limits,
    idleLockMinutes: config.idleLockMinutes,
    trustProxy: config.trustProxy,
    patience: { ...usualPatience, mostConnections: config.mostConnections },
    mapTiles: config.mapTiles,
    secureDomains: config.mssante?.domains,
    cookieSecure: protocol === 'https:' || !isLocal,
  }
}
