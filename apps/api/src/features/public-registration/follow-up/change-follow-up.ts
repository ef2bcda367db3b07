import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { PatientId } from '@maillage/contracts/kit/ids'
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
  /** Whose request it is, among those of the search. */
  readonly patientId: PatientId
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
    const person = registration?.patientId
    const own = person ? await deps.searches.find(tx, { cptsId: key.cptsId, patientId: person }) : undefined
    if (!registration || !own) throw problem('not-found')
    const wanted = { id: own.caseId, kind: 'gp-search' as const }
    const row = await lockCase(tx, context.actor, {
      ...wanted,
      ...(caseVersion === undefined ? {} : { version: caseVersion }),
    })
    if (!row.isOpen) throw problem('wrong-status')
    return work({ tx, context, registration, row, patientId: own.patientId })
  })
}

/** Changes the description of the patient: contacts, address, how to be called. */
export function changeOwnPatient(
  deps: PublicDeps,
  change: OwnChange,
  rewrite: (patient: PatientRow) => PatientDetails,
): Promise<void> {
  return changing(deps, change, (own) => rewriteOwn(own, change.version, rewrite))
}

async function rewriteOwn(own: Own, version: number, rewrite: (patient: PatientRow) => PatientDetails): Promise<void> {
  const { tx, context, registration, row, patientId } = own
  const before = await findPatient(tx, context, patientId)
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
    const { tx, context, row, patientId } = own
    const { details } = await deps.searches.read(tx, row, patientId)
    await deps.searches.change(tx, context, own, rewrite(details))
    if (!patient) return
    const known = await findPatient(tx, context, patientId)
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

/**
 * Withdraws somebody: proposals fall, their search is closed as withdrawn, and a coordinator may reopen it. The others of
 * their household go on, unless the whole household is withdrawn in so many words.
 */
export function withdrawOwnSearch(
  deps: PublicDeps,
  change: Omit<OwnChange, 'version'>,
  scope: 'patient' | 'household',
): Promise<void> {
  return changing(deps, change, async (own) => {
    await deps.searches.withdraw(own.tx, own.context, own, scope)
  })
}

/** Gives the agreement again, or takes it back: which text, when, by which way stays known, and the case says it. */
export function changeOwnConsent(
  deps: PublicDeps,
  change: Omit<OwnChange, 'version'>,
  isGiven: boolean,
): Promise<void> {
  return changing(deps, change, async (own) => {
    const { tx, context, registration, row } = own
    const { version: noticeVersion } = await currentNotice(tx, context.actor.cptsId)
    // Sent twice, or given already: nothing new was said.
    if (isGiven === (row.consent !== null)) return
    await insertConsent(tx, registration, { noticeVersion, isGiven, at: context.now })
    if (isGiven) {
      const givenAt = context.now.toISOString()
      const consent = { givenAt, channel: 'online', informedBy: `Notice ${noticeVersion}` } as const
      await deps.searches.giveConsent(tx, context, row, consent)
    } else await deps.searches.withdrawConsent(tx, context, own)
  })
}
