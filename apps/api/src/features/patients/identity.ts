import {
  authorityOids,
  type PatientIdentity,
  type RecordIdentity,
  type RevealedHealthId,
} from '@maillage/contracts/coordination/patient-identity'
import type { PatientId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { findPatient, type PatientRow } from '../../kernel/patients/patient.store.ts'
import { keptRecordOf } from '../../kernel/patients/patient-file.ts'
import {
  disqualify,
  findByHealthNumber,
  type IdentityDeps,
  openNumber,
  readIdentity,
  writeIdentity,
} from '../../kernel/patients/patient-identity.store.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { raiseVersion } from './identity.store.ts'

export type PatientIdentityDeps = Deps & IdentityDeps

/** What a file shows of an identity: how sure it is, and the last digits of the number. */
export function showIdentity(deps: PatientIdentityDeps, actor: Actor, id: PatientId): Promise<PatientIdentity> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const patient = await keptPatient(tx, actor, id)
    await recordAudit(tx, actor, { action: 'patient.read-identity', at: deps.now(), patientId: patient.id })
    return describeIdentity(tx, deps, patient)
  })
}

/** Hands out the number in full: somebody asked for it, and the trail says who. */
export function revealHealthId(deps: PatientIdentityDeps, actor: Actor, id: PatientId): Promise<RevealedHealthId> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const patient = await keptPatient(tx, actor, id)
    const row = await readIdentity(tx, { cptsId: actor.cptsId, patientId: patient.id })
    const number = await openNumber(tx, deps.fieldCipher, row)
    if (!row?.authority || number === null) throw problem('not-found')
    await recordAudit(tx, actor, { action: 'patient.number-read', at: deps.now(), patientId: patient.id })
    return { number, authority: row.authority, oid: authorityOids[row.authority] }
  })
}

/** Records how sure an identity is, with its number when it is qualified; a number that another file bears is refused. */
export function recordIdentity(
  deps: PatientIdentityDeps,
  actor: Actor,
  id: PatientId,
  { version, status, nationalHealthId }: RecordIdentity,
): Promise<PatientIdentity> {
  if ((status === 'qualified') !== (nationalHealthId !== undefined))
    throw invalidField('/nationalHealthId', nationalHealthId ? 'not-qualified' : 'required')
  if (nationalHealthId && !deps.acceptedHealthIds.includes(nationalHealthId.authority))
    throw invalidField('/nationalHealthId/authority', 'not-accepted')
  return act(deps, actor, async (tx, context) => {
    const patient = await findPatient(tx, context, id)
    if (!patient) throw problem('not-found')
    if (patient.mergedIntoId) throw problem('record-merged')
    const { cptsId } = actor
    if (nationalHealthId) {
      const bearers = await findByHealthNumber(tx, deps.fieldCipher, cptsId, nationalHealthId.number)
      if (bearers.some((bearer) => bearer !== id)) throw problem('number-of-another')
    }
    // The record changed: it is compared with the others again, and whoever edits it sees that it did.
    const raised = await raiseVersion(tx, { cptsId, id, version }, context.now)
    if (raised === undefined) throw problem('version-stale')
    const by = { now: context.now, accountId: actor.accountId }
    // A number that stood on a record merged into this one goes too.
    await disqualify(tx, { cptsId, patientId: id }, context.now)
    await writeIdentity(tx, deps.fieldCipher, { cptsId, patientId: id }, { status, nationalHealthId }, by)
    await recordAudit(tx, actor, { action: 'patient.identity-change', at: context.now, patientId: id })
    return describeIdentity(tx, deps, { ...patient, version: raised })
  })
}

async function keptPatient(tx: Db, actor: Actor, id: PatientId): Promise<PatientRow> {
  const asked = await findPatient(tx, { actor }, id)
  if (!asked) throw problem('not-found')
  const kept = asked.mergedIntoId ? await findPatient(tx, { actor }, await keptRecordOf(tx, asked)) : asked
  if (!kept) throw new Error('A merged record leads nowhere')
  return kept
}

async function describeIdentity(
  tx: Db,
  { fieldCipher, acceptedHealthIds }: IdentityDeps,
  { cptsId, id, version }: PatientRow,
): Promise<PatientIdentity> {
  const row = await readIdentity(tx, { cptsId, patientId: id })
  const number = await openNumber(tx, fieldCipher, row)
  return {
    status: row?.status ?? 'provisional',
    authority: row?.authority ?? null,
    ending: number?.slice(-2) ?? null,
    recordedAt: row?.recordedAt.toISOString() ?? null,
    accepted: [...acceptedHealthIds],
    version,
  }
}
