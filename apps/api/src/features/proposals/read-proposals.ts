import type { ProposalId } from '@maillage/contracts/kit/ids'
import type { OwnProposal, ProposalListQuery } from '@maillage/contracts/proposals'
import type { DelegationRight } from '@maillage/contracts/roles'
import type * as z from 'zod'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { practitionersOf } from '../../kernel/delegation/standing-in.ts'
import { recordAudit, recordAudits } from '../../kernel/record/audit.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import { decodeCursor, InstantKeys, toPage } from '../../platform/http/cursor.ts'
import { getProposal, listProposals } from './proposals.store.ts'
import { toOwnProposals } from './proposals.view.ts'

/** A secretary reads a contact sheet for those who let them follow patients; the need in words, for those who opened it. */
function asRead(actor: Actor, view: OwnProposal): OwnProposal {
  if (actor.role !== 'secretary' || !view.contact) return view
  const may = (right: DelegationRight): boolean =>
    practitionersOf(actor, right).some((id) => id === view.practitioner.id)
  if (!may('follow-patients'))
    return { ...view, movesNoted: [], contact: null, caseId: null, caseStatus: null, caseVersion: null }
  return may('clinical-details') ? view : { ...view, contact: { ...view.contact, needText: null } }
}

const inNameOf = ({ role }: Actor, { practitionerId }: ProposalRow) =>
  role === 'secretary' ? { onBehalfOf: practitionerId } : {}

/** One proposal; reading who the patient is leaves its trace. */
export function readProposal(deps: Deps, actor: Actor, id: ProposalId): Promise<OwnProposal> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const proposal = await getProposal(tx, actor, id)
    const [view] = await toOwnProposals(tx, deps.kinds, [proposal], deps.now())
    if (!view) throw new Error('A proposal that was just read is gone')
    const read = asRead(actor, view)
    if (read.contact)
      await recordAudit(tx, actor, {
        action: 'proposal.contact-read',
        at: deps.now(),
        caseId: proposal.caseId,
        ...inNameOf(actor, proposal),
      })
    return read
  })
}

/** A page of proposals, newest first. Contact sheets on it are recorded one by one, as shown in a list. */
export function pageOfProposals(
  deps: Deps,
  actor: Actor,
  query: z.output<typeof ProposalListQuery>,
): Promise<{ items: OwnProposal[]; next: string | null }> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const after = decodeCursor(query.cursor, InstantKeys)
    const rows = await listProposals(tx, actor, { status: query.status, limit: query.limit, after })
    const { items: shown, next } = toPage(
      rows,
      query.limit,
      (last) => [last.createdAt.toISOString(), last.id],
      (row) => row,
    )
    const now = deps.now()
    const items = (await toOwnProposals(tx, deps.kinds, shown, now)).map((view) => asRead(actor, view))
    const read = shown.filter((_proposal, index) => items[index]?.contact)
    await recordAudits(
      tx,
      actor,
      read.map((proposal) => ({
        action: 'proposal.contact-listed',
        at: now,
        caseId: proposal.caseId,
        ...inNameOf(actor, proposal),
      })),
    )
    return { items, next }
  })
}
