import { CaseId, ProposalId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { sendCallSheet } from '../../src/features/call-sheets/send-call-sheet.ts'
import { spreadNotice } from '../../src/features/notifications/delivery/spread-notice.ts'
import { tellProposal } from '../../src/features/notifications/telling/tell-proposal.ts'
import { type Actor, systemActor } from '../../src/kernel/actor.ts'
import type { Deps } from '../../src/kernel/context.ts'
import { sendNotice } from '../../src/kernel/notices/send-notice.ts'
import { asOwner } from '../../src/platform/db/as-owner.ts'

const most = 12

/** An address that exists nowhere: the coordination sees what a message that comes back asks of them. */
const lost = { email: 'adresse-perdue@essai.invalid' }

/**
 * Tells those who sign in of what is proposed to them today, as the jobs of the day would have: their messages are there at
 * the first look. What happened over two years is told to nobody.
 */
export async function tellPresent(deps: Deps, ownerUrl: string, coordinator: Actor): Promise<void> {
  const { cptsId } = coordinator
  const pending = await asOwner(ownerUrl, (tx) =>
    tx.execute<{ id: string }>(sql`
      select p.id from proposals p where p.cpts_id = ${cptsId} and p.status = 'pending' and exists (
        select from memberships m where m.cpts_id = p.cpts_id and m.practitioner_id = p.practitioner_id)
      order by p.sent_at desc limit ${most}`),
  )
  for (const { id } of pending.rows) await tellProposal(deps, { cptsId, proposalId: ProposalId.parse(id) })
  await deps.db.transaction(cptsId, (tx) =>
    sendNotice(
      tx,
      { actor: systemActor(cptsId), now: deps.now() },
      { kind: 'request-registered', to: { address: lost }, key: 'demo:lost' },
    ),
  )
  await tellCallSheet(deps, ownerUrl, coordinator)
  const due = await asOwner(ownerUrl, (tx) =>
    tx.execute<{ id: string }>(sql`
      select id from notices where cpts_id = ${cptsId} and spread_at is null and send_at <= ${deps.now().toISOString()}`),
  )
  for (const { id } of due.rows) await spreadNotice(deps, { cptsId, noticeId: z.uuid().parse(id) })
}

/** The last case taken by somebody who has an MSSanté address: its call sheet leaves today. */
async function tellCallSheet(deps: Deps, ownerUrl: string, coordinator: Actor): Promise<void> {
  const held = await asOwner(ownerUrl, (tx) =>
    tx.execute<{ id: string; case_id: string; address: string }>(sql`
      select p.id, p.case_id, w.mssante_address as address from proposals p
      join practitioners w on w.cpts_id = p.cpts_id and w.id = p.practitioner_id and w.mssante_address is not null
      where p.cpts_id = ${coordinator.cptsId} and p.status = 'accepted' order by p.created_at desc, p.id desc limit 1`),
  )
  const [one] = held.rows
  if (!one) return
  const to = { caseId: CaseId.parse(one.case_id), proposalId: ProposalId.parse(one.id), address: one.address }
  await sendCallSheet(deps, coordinator, { ...to, domains: ['*.mssante.example'] })
}
