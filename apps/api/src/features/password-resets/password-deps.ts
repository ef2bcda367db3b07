import type { SecondFactorDeps } from '../../kernel/accounts/check-code.ts'
import type { EndedSessions } from '../../platform/session/ended-sessions.ts'

/** What acts upon passwords need: sessions that end must be felt at once. */
export type PasswordDeps = SecondFactorDeps & { readonly ended: EndedSessions }
