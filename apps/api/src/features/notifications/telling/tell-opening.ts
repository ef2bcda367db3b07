import { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import { act } from '../../../kernel/act.ts'
import { systemActor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { sendNotice } from '../../../kernel/notices/send-notice.ts'
import { cases } from '../../../kernel/tables/case.table.ts'

/** What the outbox carries once a case came to the coordination. */
export const TellOpeningJob = z.object({ cptsId: CptsId, caseId: CaseId })

/** Whose asking is acknowledged: what came by a list was asked elsewhere, a ward tells its own patients, and the public pages write by themselves. */
const acknowledged: readonly string[] = ['phone', 'counter', 'professional']

/** Tells a patient that their search is registered, by mail or by text message: whichever they gave. */
export function tellOpening(deps: Deps, payload: unknown): Promise<void> {
  const { cptsId, caseId } = TellOpeningJob.parse(payload)
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const [row] = await tx
      .select({ kind: cases.kind, status: cases.status, channel: cases.channel, patientId: cases.patientId })
      .from(cases)
      .where(and(eq(cases.cptsId, cptsId), eq(cases.id, caseId)))
    if (row?.kind !== 'gp-search' || row.status === 'draft' || !acknowledged.includes(row.channel)) return
    const to = { patientId: row.patientId }
    await sendNotice(tx, context, { kind: 'request-registered', to, about: caseId, key: `registered:${caseId}` })
  })
}
