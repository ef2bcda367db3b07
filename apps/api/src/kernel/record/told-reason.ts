import type { Actor } from '../actor.ts'

/**
 * The coded reason of a status as this actor may read it. « Déjà dans la file » would tell somebody outside that the
 * person was registered by somebody else: they read that it is closed, and nothing more.
 */
export const toldReason = ({ role }: Pick<Actor, 'role'>, reason: string | null): string | null =>
  reason === 'duplicate' && role !== 'coordinator' ? null : reason
