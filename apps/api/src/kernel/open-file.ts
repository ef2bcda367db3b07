import type { CaseKindName } from '@maillage/contracts/cases'
import type { CaseId } from '@maillage/contracts/kit/ids'
import type { Db } from '../platform/db/database.ts'
import type { Actor } from './actor.ts'
import { getCase } from './case.store.ts'
import { recordAudit } from './record/audit.ts'
import type { CaseRow } from './tables/case.table.ts'

/** Opens a patient's file for reading: what the actor may see, once its trace is kept; without it, nothing is handed out. */
export async function openFile(
  tx: Db,
  actor: Actor,
  wanted: { id: CaseId; kind: CaseKindName },
  now: Date,
): Promise<CaseRow> {
  const row = await getCase(tx, actor, wanted)
  await recordAudit(tx, actor, { action: `${row.kind}.read`, at: now, caseId: row.id, patientId: row.patientId })
  return row
}
