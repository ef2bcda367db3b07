import type { CaseId, PatientId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import type { Actor } from '../actor.ts'
import { auditEntries } from '../tables/audit.table.ts'

export interface AuditRecord {
  action: string
  at: Date
  caseId?: CaseId
  patientId?: PatientId
  from?: string | null
  to?: string | null
  outcome?: 'done' | 'refused'
  onBehalf?: boolean
}

/** Writes one line of the trail in the act's own transaction: an audit that fails undoes the act. */
export async function recordAudit(tx: Db, actor: Actor, record: AuditRecord): Promise<void> {
  await tx.insert(auditEntries).values({
    cptsId: actor.cptsId,
    id: newRowId(),
    at: record.at,
    actorId: actor.accountId,
    role: actor.role,
    action: record.action,
    caseId: record.caseId,
    patientId: record.patientId,
    fromStatus: record.from,
    toStatus: record.to,
    outcome: record.outcome ?? 'done',
    onBehalf: record.onBehalf ?? false,
    requestId: actor.requestId,
  })
}
