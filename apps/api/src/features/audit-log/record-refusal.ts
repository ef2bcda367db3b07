import { CaseId } from '@maillage/contracts/kit/ids'
import type { ProblemCode } from '@maillage/contracts/kit/problems'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'

export interface Refusal {
  code: ProblemCode
  /** `POST /gp-searches/:id/moves`: the pattern, never the address as sent. */
  route: string
  caseId: string | undefined
}

/** Keeps that somebody was refused, in a write of its own: the act's transaction has rolled back. */
export async function recordRefusal(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, refusal: Refusal): Promise<void> {
  const caseId = CaseId.safeParse(refusal.caseId)
  await deps.db.transaction(actor.cptsId, (tx) =>
    recordAudit(tx, actor, {
      action: `${refusal.code} ${refusal.route}`,
      at: deps.now(),
      caseId: caseId.success ? caseId.data : undefined,
      outcome: 'refused',
    }),
  )
}
