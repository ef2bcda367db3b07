import type { ProposalId } from '@maillage/contracts/kit/ids'
import type { OwnProposal, ProposalListQuery } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { decodeCursor, encodeCursor, InstantKeys } from '../../platform/http/cursor.ts'
import { getProposal, listProposals } from './proposals.store.ts'
import { toOwnProposal } from './proposals.view.ts'

/** One proposal; reading who the patient is leaves its trace. */
export function readProposal(deps: Deps, actor: Actor, id: ProposalId): Promise<OwnProposal> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const proposal = await getProposal(tx, actor, id)
    const view = await toOwnProposal(tx, deps.kinds, proposal, deps.now())
    if (view.contact)
      await recordAudit(tx, actor, { action: 'proposal.contact-read', at: deps.now(), caseId: proposal.caseId })
    return view
  })
}

/** A page of proposals, newest first. Contact sheets on it are recorded like those read one by one. */
export function pageOfProposals(
  deps: Deps,
  actor: Actor,
  query: z.output<typeof ProposalListQuery>,
): Promise<{ items: OwnProposal[]; next: string | null }> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const after = decodeCursor(query.cursor, InstantKeys)
    const rows = await listProposals(tx, actor, { status: query.status, limit: query.limit, after })
    const shown = rows.slice(0, query.limit)
    const items: OwnProposal[] = []
    for (const proposal of shown) {
      const view = await toOwnProposal(tx, deps.kinds, proposal, deps.now())
      items.push(view)
      if (view.contact)
        await recordAudit(tx, actor, { action: 'proposal.contact-read', at: deps.now(), caseId: proposal.caseId })
    }
    const last = shown.at(-1)
    const next = rows.length > query.limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null
    return { items, next }
  })
}
