import type { AuditEntry, AuditQuery } from '@maillage/contracts/audit'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, desc, eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { cases } from '../../kernel/tables/case.table.ts'
import { accounts } from '../../kernel/tables/cpts.table.ts'
import { practitioners } from '../../kernel/tables/practitioner.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { decodeCursor, InstantKeys, toPage } from '../../platform/http/cursor.ts'

/** Who saw or did what, the latest first. */
export async function listAuditEntries(
  db: Db,
  cptsId: CptsId,
  { caseId, limit, cursor }: z.output<typeof AuditQuery>,
): Promise<{ items: AuditEntry[]; next: string | null }> {
  const after = decodeCursor(cursor, InstantKeys)
  const rows = await db
    .select({
      entry: auditEntries,
      actor: accounts.displayName,
      reference: cases.reference,
      principal: practitioners.displayName,
    })
    .from(auditEntries)
    .leftJoin(accounts, eq(accounts.id, auditEntries.actorId))
    .leftJoin(cases, and(eq(cases.cptsId, auditEntries.cptsId), eq(cases.id, auditEntries.caseId)))
    .leftJoin(
      practitioners,
      and(eq(practitioners.cptsId, auditEntries.cptsId), eq(practitioners.id, auditEntries.onBehalfOf)),
    )
    .where(
      and(
        eq(auditEntries.cptsId, cptsId),
        caseId ? eq(auditEntries.caseId, caseId) : undefined,
        after
          ? sql`(${auditEntries.at}, ${auditEntries.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit + 1)
  return toPage(rows, limit, ({ entry }) => [entry.at.toISOString(), entry.id], toEntry)
}

interface Row {
  entry: typeof auditEntries.$inferSelect
  actor: string | null
  reference: string | null
  principal: string | null
}

const toEntry = ({ entry, actor, reference, principal }: Row): AuditEntry => ({
  id: entry.id,
  at: entry.at.toISOString(),
  actor: actor ?? 'Maillage',
  role: entry.role,
  action: entry.action,
  caseReference: reference,
  from: entry.fromStatus,
  to: entry.toStatus,
  outcome: entry.outcome,
  onBehalf: entry.onBehalf,
  onBehalfOf: principal,
})
