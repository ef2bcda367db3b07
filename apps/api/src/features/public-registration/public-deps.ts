import type { Consent } from '@maillage/contracts/cases'
import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { CaseId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import type { PatientDetails } from '@maillage/contracts/patients'
import type { z } from 'zod'
import { type Actor, systemActor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'

/** Somebody in the search that they have, alone or with others. */
export interface OwnPart {
  readonly row: CaseRow
  readonly patientId: PatientId
}

/** The searches for a médecin traitant as their own authors reach them; the slice that keeps them hands this over. */
export interface OwnSearches {
  open(
    tx: Db,
    context: Context,
    asked: { patient: PatientDetails; details: GpSearchDetails; consent: z.infer<typeof Consent> },
  ): Promise<CaseRow>
  /** Their search as it stands now, which they may share with a household; undefined where there is none. */
  find(
    db: Db,
    person: { cptsId: CptsId; patientId: PatientId },
  ): Promise<{ caseId: CaseId; patientId: PatientId } | undefined>
  /** What it says of them, and what it waits for. */
  read(
    db: Db,
    row: CaseRow,
    patientId: PatientId,
  ): Promise<{ details: GpSearchDetails; missing: readonly string[]; visitAt: Date | null }>
  change(tx: Db, context: Context, own: OwnPart, details: GpSearchDetails): Promise<CaseRow>
  /** The patient still searches: they are asked again ninety days later. */
  confirm(tx: Db, context: Context, row: CaseRow): Promise<CaseRow>
  /** They search no more: alone, or, where it is opened for them and they say so, with their whole household. */
  withdraw(tx: Db, context: Context, own: OwnPart, scope: 'patient' | 'household'): Promise<CaseRow>
  giveConsent(tx: Db, context: Context, row: CaseRow, consent: z.infer<typeof Consent>): Promise<CaseRow>
  /** Nothing is said of them to any doctor any more; the others of their household go on. */
  withdrawConsent(tx: Db, context: Context, own: OwnPart): Promise<CaseRow>
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
