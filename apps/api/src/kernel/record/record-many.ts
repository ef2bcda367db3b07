import { newRowId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import type { Context } from '../context.ts'
import { auditEntries } from '../tables/audit.table.ts'
import { type CaseRow, caseEvents } from '../tables/case.table.ts'
import { outbox } from '../tables/outbox.table.ts'

type Subject = Pick<CaseRow, 'cptsId' | 'id' | 'kind' | 'status' | 'patientId'>

/** One line of a case's story that a job writes, with its line of the trail where the act has one. */
export interface Told {
  readonly row: Subject
  readonly type: 'priority' | 'need'
  readonly action: string
  readonly data?: Record<string, unknown>
}

/** Adds one line to the story of each of these cases: one statement. */
export async function recordEvents(tx: Db, { now, actor }: Context, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return
  await tx.insert(caseEvents).values(
    told.map(({ row, type, action, data = {} }) => ({
      cptsId: row.cptsId,
      id: newRowId(),
      caseId: row.id,
      at: now,
      type,
      action,
      actorId: actor.accountId,
      actorRole: actor.role,
      data,
      onBehalf: actor.onBehalfOf,
    })),
  )
}

/** Writes one line of the trail for each of these acts, under the action's full name: one statement. */
export async function recordAudits(
  tx: Db,
  { now, actor }: Pick<Context, 'now' | 'actor'>,
  acts: readonly { action: string; caseId?: CaseRow['id']; row?: Subject }[],
): Promise<void> {
  if (acts.length === 0) return
  await tx.insert(auditEntries).values(
    acts.map(({ action, row, caseId }) => ({
      cptsId: actor.cptsId,
      id: newRowId(),
      at: now,
      actorId: actor.accountId,
      role: actor.role,
      action,
      caseId: row?.id ?? caseId,
      patientId: row?.patientId,
      fromStatus: row?.status,
      toStatus: row?.status,
      outcome: 'done' as const,
      onBehalf: actor.onBehalfOf !== undefined,
      onBehalfOf: actor.onBehalfOf?.practitionerId,
      requestId: actor.requestId,
    })),
  )
}

/** Tells what follows the case's events of each of these: one statement. */
export async function enqueueEvents(tx: Db, { now }: Context, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return
  await tx.insert(outbox).values(
    told.map(({ row, action }) => ({
      cptsId: row.cptsId,
      topic: 'case-event',
      payload: { caseId: row.id, kind: row.kind, action },
      createdAt: now,
    })),
  )
}
