import { CaseId, PatientId, ProposalId } from '@maillage/contracts/kit/ids'
import type { ProblemCode } from '@maillage/contracts/kit/problems'
import { and, eq } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { proposals } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'

export interface Refusal {
  code: ProblemCode
  /** `POST /gp-searches/:id/moves`: the pattern, never the address as sent. */
  route: string
  /** What was asked for, as it was sent; whatever is no id is left out. */
  caseId?: string | undefined
  patientId?: string | undefined
  proposalId?: string | undefined
}

/** Keeps that somebody was refused, in a write of its own: the act's transaction has rolled back. */
export async function recordRefusal(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, refusal: Refusal): Promise<void> {
  const proposalId = ProposalId.safeParse(refusal.proposalId)
  await deps.db.transaction(actor.cptsId, async (tx) =>
    recordAudit(tx, actor, {
      action: `${refusal.code} ${refusal.route}`,
      at: deps.now(),
      caseId:
        CaseId.safeParse(refusal.caseId).data ??
        (proposalId.success ? await caseOf(tx, actor, proposalId.data) : undefined),
      patientId: PatientId.safeParse(refusal.patientId).data,
      outcome: 'refused',
    }),
  )
}

/** The case that was proposed, so that « Qui a consulté ce dossier ? » tells who was refused it. */
async function caseOf(tx: Db, { cptsId }: Actor, id: ProposalId): Promise<CaseId | undefined> {
  const [row] = await tx
    .select({ caseId: proposals.caseId })
    .from(proposals)
    .where(and(eq(proposals.cptsId, cptsId), eq(proposals.id, id)))
  return row?.caseId
}
