import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { PatientDetails } from '@maillage/contracts/patients'
import { and, eq } from 'drizzle-orm'
import { act } from '../../../kernel/act.ts'
import { lockCase } from '../../../kernel/case.store.ts'
import type { Context } from '../../../kernel/context.ts'
import { touchCase } from '../../../kernel/move-case.ts'
import { findPatient, type PatientRow, rewritePatient } from '../../../kernel/patients/patient.store.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { recordEvent } from '../../../kernel/record/timeline.ts'
import { type CaseRow, cases } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { problem } from '../../../platform/problem-error.ts'
import { currentNotice } from '../notice/notice.store.ts'
import { ownActor, type PublicDeps } from '../public-deps.ts'
import {
  digestsOf,
  insertConsent,
  lockRegistration,
  patchRegistration,
  type Registration,
  type RowKey,
} from '../registration.store.ts'

/** Which request, as its author saw it, and in which call. */
export interface OwnChange {
  readonly key: RowKey
  /** The version of what they saw; another one since means that somebody changed it meanwhile. */
  readonly version: number
  readonly requestId: string
}

interface Own {
  readonly tx: Db
  readonly context: Context
  readonly registration: Registration
  readonly row: CaseRow
}

/** Takes a request and its case for the transaction of a change; refused once the search is over. */
function changing<T>(
  deps: PublicDeps,
  change: Pick<OwnChange, 'key' | 'requestId'> & { caseVersion?: number },
  work: (own: Own) => Promise<T>,
): Promise<T> {
  const { key, requestId, caseVersion } = change
  return act(deps, ownActor(key.cptsId, requestId), async (tx, context) => {
    const registration = await lockRegistration(tx, key)
    if (!registration?.caseId) throw problem('not-found')
    const wanted = { id: registration.caseId, kind: 'gp-search' as const }
    const row = await lockCase(tx, context.actor, {
      ...wanted,
      ...(caseVersion === undefined ? {} : { version: caseVersion }),
    })
    if (!row.isOpen) throw problem('wrong-status')
    return work({ tx, context, registration, row })
  })
}

/** Changes the description of the patient: contacts, address, how to be called. */
export function changeOwnPatient(
  deps: PublicDeps,
  change: OwnChange,
  rewrite: (patient: PatientRow) => PatientDetails,
): Promise<void> {
  return changing(deps, change, ({ tx, context, registration, row }) =>
    rewriteOwn({ tx, context, registration, row }, change.version, rewrite),
  )
}

async function rewriteOwn(own: Own, version: number, rewrite: (patient: PatientRow) => PatientDetails): Promise<void> {
  const { tx, context, registration, row } = own
  const before = await findPatient(tx, context, row.patientId)
  if (!before) throw problem('not-found')
  const after = await rewritePatient(tx, context, { id: before.id, version }, rewrite(before))
  if (!after) throw problem('version-stale')
  const { actor, now } = context
  await recordAudit(tx, actor, { action: 'patient.change-online', at: now, caseId: row.id, patientId: before.id })
  await recordEvent(tx, context, row, { type: 'details', action: 'change-patient-online' })
  await patchRegistration(tx, registration, { ...digestsOf(after), municipalityCode: after.municipalityCode })
  if (after.municipalityCode !== before.municipalityCode) await moveCases(own, after)
}

/** A case queues under the commune where the patient lives. */
async function moveCases({ tx, context, row }: Own, { cptsId, id, municipalityCode }: PatientRow): Promise<void> {
  const open = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.cptsId, cptsId), eq(cases.patientId, id), cases.isOpen))
    .orderBy(cases.id)
  for (const { id: caseId } of open) {
    const before = caseId === row.id ? row : await lockCase(tx, context.actor, { id: caseId })
    await touchCase(tx, context, before, { municipalityCode }, `${before.kind}.patient-moved`)
  }
}

/** Changes what the search says of the situation, and how the patient wants to be called where the page asks it. */
export function changeOwnDetails(
  deps: PublicDeps,
  change: OwnChange,
  rewrite: (known: GpSearchDetails) => GpSearchDetails,
  patient?: (known: PatientRow) => PatientDetails,
): Promise<void> {
  return changing(deps, { ...change, caseVersion: change.version }, async (own) => {
    const { tx, context, row } = own
    const { details } = await deps.searches.read(tx, row)
    await deps.searches.change(tx, context, row, rewrite(details))
    if (!patient) return
    const known = await findPatient(tx, context, row.patientId)
    if (known) await rewritePatient(tx, context, known, patient(known))
  })
}

/** « Je cherche toujours » : kept with its moment, and told in the story. */
export function confirmStillSearching(deps: PublicDeps, change: Omit<OwnChange, 'version'>): Promise<void> {
  return changing(deps, change, async ({ tx, context, registration, row }) => {
    await patchRegistration(tx, registration, { stillSearchingAt: context.now })
    await recordEvent(tx, context, row, { type: 'details', action: 'still-searching-online' })
    await deps.searches.confirm(tx, context, row)
  })
}

/** Withdraws the search: proposals fall, the case is closed as withdrawn; a coordinator may reopen it. */
export function withdrawOwnSearch(deps: PublicDeps, change: Omit<OwnChange, 'version'>): Promise<void> {
  return changing(deps, change, async ({ tx, context, row }) => {
    await deps.searches.withdraw(tx, context, row)
  })
}

/** Gives the agreement again, or takes it back: which text, when, by which way stays known, and the case says it. */
export function changeOwnConsent(
  deps: PublicDeps,
  change: Omit<OwnChange, 'version'>,
  isGiven: boolean,
): Promise<void> {
  return changing(deps, change, async ({ tx, context, registration, row }) => {
    const { now, actor } = context
    const { version: noticeVersion } = await currentNotice(tx, actor.cptsId)
    await insertConsent(tx, registration, { noticeVersion, isGiven, at: now })
    const consent = isGiven
      ? ({ givenAt: now.toISOString(), channel: 'online', informedBy: `Notice ${noticeVersion}` } as const)
      : null
    const action = isGiven ? 'consent-given-online' : 'consent-withdrawn-online'
    await recordEvent(tx, context, row, { type: 'details', action })
    await touchCase(tx, context, row, { consent }, `gp-search.${action}`)
  })
}
