import type { ActorRole } from '@maillage/contracts/roles'
import type { Random } from '../../seeds/demo/invent/random.ts'
import type { ApiDocument, Operation } from './document.ts'
import type { Json } from './json.ts'
import type { Luck } from './luck.ts'
import type { Pool } from './pool.ts'

/** Somebody who sends requests. */
export interface Caller {
  readonly name: string
  readonly role: ActorRole | 'anonymous'
  /** Those of one territory may learn ids from each other; of the other's, never. */
  readonly territory: 'ours' | 'theirs'
  /** A mark in the names that they give, by which these are known again where they should not be. */
  readonly mark: string
  /** What is theirs by right, by kind: a practitioner's own entry, a ward. */
  readonly own: ReadonlyMap<string, string>
  headers: Record<string, string>
  readonly email: string
  /** What their authenticator shows now, if they have one. */
  code(): string | undefined
  /** The cookies that the sign-in gave. */
  cookie: string
  /** Signs in anew, under a new account should the old one be lost. */
  renew(): Promise<void>
}

/** One request, before it is sent. */
export interface Draft {
  readonly operation: Operation
  readonly caller: Caller
  readonly style: 'valid' | 'near' | 'hostile'
  /** What was done to it. */
  readonly note: string
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: Json | undefined
  readonly payload: string | Buffer | undefined
  /** The ids of the address. */
  readonly params: readonly string[]
  /** What its fate is told to, so that the next ones are drawn better. */
  readonly luck: readonly string[]
}

export interface World {
  readonly document: ApiDocument
  readonly random: Random
  readonly pool: Pool
  readonly luck: Luck
  readonly now: () => Date
  /** Where the screens are served from: requests with a cookie come from there. */
  readonly origin: string
  readonly municipalities: readonly string[]
  readonly texts: readonly string[]
  /** Ids of the neighbouring territory, by the kinds that their tables say. */
  readonly foreignIds: readonly string[]
  /** What refusals said of a field, by operation, caller and field: `required`, `not-allowed`. */
  readonly demands: Map<string, string>
  /** What the links of the messages that left hold, by the page that they open. */
  readonly tokens: () => readonly { page: string; token: string }[]
}
