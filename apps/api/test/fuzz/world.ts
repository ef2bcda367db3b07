import type { ActorRole } from '@maillage/contracts/roles'
import type { Random } from '../../seeds/demo/invent/random.ts'
import type { VirtualKey } from '../builders/a-virtual-key.ts'
import type { ApiDocument, Operation } from './document.ts'
import type { Json } from './json.ts'
import type { Luck } from './luck.ts'
import type { Pool } from './pool.ts'

/** What protects an account beside its password, as its owner holds it. */
export interface Protection {
  /** Of their authenticator, while they have one. */
  secret: string | undefined
  readonly keys: { readonly id: string; readonly key: VirtualKey }[]
}

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
  /** Undefined for those whom the demo lets in by a password alone. */
  readonly protection: Protection | undefined
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
  /** What follows for who sent it, once it was taken. */
  onTaken?(answer: Json): void
}

/** What a request is made of where something was prepared for it; the rest is drawn. */
export interface Given {
  readonly caller?: Caller
  /** What the address names, by parameter. */
  readonly named?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: Json
  onTaken?(answer: Json): void
}

/** What the link of a message holds: the page that it opens, and who it was sent to. */
export interface Letter {
  readonly page: string
  readonly token: string
  readonly to: string
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
  readonly letters: () => readonly Letter[]
}
