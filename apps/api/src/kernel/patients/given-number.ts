import type { NationalHealthId } from '@maillage/contracts/coordination/patient-identity'
import type { PatientId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import type { Context } from '../context.ts'
import { recordAudit } from '../record/audit.ts'
import {
  findByHealthNumber,
  type IdentityDeps,
  openNumber,
  readIdentity,
  writeIdentity,
} from './patient-identity.store.ts'

/** A number that a hospital gave while a case was opened: who bears it already, and how it is kept for the patient. */
export interface GivenNumber {
  readonly bearers: readonly PatientId[]
  keepFor(patientId: PatientId): Promise<void>
}

/** What was given, or undefined; given by a hospital that qualified the identity, it needs no other word. */
export async function readGivenNumber(
  tx: Db,
  context: Context,
  nationalHealthId: NationalHealthId | undefined,
  identities: IdentityDeps | undefined,
): Promise<GivenNumber | undefined> {
  if (!nationalHealthId) return undefined
  if (!identities) throw new Error('A number was given where none can be kept')
  const { fieldCipher, acceptedHealthIds } = identities
  const { number, authority } = nationalHealthId
  if (!acceptedHealthIds.includes(authority)) throw invalidField('/nationalHealthId/authority', 'not-accepted')
  const { actor, now } = context
  return {
    bearers: await findByHealthNumber(tx, fieldCipher, actor.cptsId, number),
    async keepFor(patientId) {
      const key = { cptsId: actor.cptsId, patientId }
      const known = await openNumber(tx, fieldCipher, await readIdentity(tx, key))
      if (known === number) return
      // Two qualified numbers are two people: whoever chose this file chose the wrong one.
      if (known !== null) throw problem('numbers-differ')
      const by = { now, accountId: actor.accountId }
      await writeIdentity(tx, fieldCipher, key, { status: 'qualified', nationalHealthId }, by)
      await recordAudit(tx, actor, { action: 'patient.identity-change', at: now, patientId })
    },
  }
}
