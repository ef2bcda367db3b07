import type { Deps } from '../../kernel/context.ts'
import type { OpenIdDoor } from '../../platform/openid/openid-door.ts'

/** What signing in through a provider needs. */
export interface OpenIdSignInDeps extends Pick<Deps, 'db' | 'now'> {
  readonly openId: OpenIdDoor
  readonly settings: { readonly publicUrl: string }
  readonly log: { warn(facts: object, words: string): void }
}
