import type { Consent } from '@maillage/contracts/cases'
import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { PatientDetails } from '@maillage/contracts/patients'
import type { z } from 'zod'
import { type Actor, systemActor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'

/** The searches for a médecin traitant as their own authors reach them; the slice that keeps them hands this over. */
export interface OwnSearches {
  open(
    tx: Db,
    context: Context,
    asked: { patient: PatientDetails; details: GpSearchDetails; consent: z.infer<typeof Consent> },
  ): Promise<CaseRow>
  read(db: Db, row: CaseRow): Promise<{ details: GpSearchDetails; missing: readonly string[]; visitAt: Date | null }>
  change(tx: Db, context: Context, row: CaseRow, details: GpSearchDetails): Promise<CaseRow>
  /** The patient still searches: they are asked again ninety days later. */
  confirm(tx: Db, context: Context, row: CaseRow): Promise<CaseRow>
  withdraw(tx: Db, context: Context, row: CaseRow): Promise<CaseRow>
}

/** What the acts of the public pages need. */
export interface PublicDeps extends Deps {
  readonly searches: OwnSearches
}

/** Somebody without an account, acting on their own request: the system, under a name that the story shows. */
export const ownActor = (cptsId: CptsId, requestId: string): Actor => ({
  ...systemActor(cptsId),
  displayName: 'Demande en ligne',
  requestId,
})
