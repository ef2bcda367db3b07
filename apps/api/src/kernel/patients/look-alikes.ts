import type { PatientId } from '@maillage/contracts/kit/ids'
import type { PatientDetails } from '@maillage/contracts/patients'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import type { Context } from '../context.ts'
import { cases } from '../tables/case.table.ts'
import { patients } from '../tables/patient.table.ts'
import { likenessOf, matchKeys, suspectedFrom } from './likeness.ts'
import { columnsOf, type PatientRow } from './patient.store.ts'
import { looksAlike, searchTokens, sharedTraits, type TraitName } from './patient-traits.ts'

export interface LookAlike {
  patient: PatientRow
  shared: (TraitName | 'nationalHealthId')[]
  /** Out of 100: the same score as that of possible duplicates. */
  score: number
  openCases: string[]
}

// Nobody's name and nobody's birthday is shared by more people of one territory than are worth comparing.
const mostNear = 200

/**
 * Known patients who look the same, most alike first: three of the four traits, or a likeness that would be told as a
 * possible duplicate, names that sound the same among them; and whoever bears the same national health number.
 */
export async function findLookAlikes(
  tx: Db,
  context: Context,
  details: PatientDetails,
  sameNumber: readonly PatientId[] = [],
): Promise<LookAlike[]> {
  const { cptsId } = context.actor
  const described = columnsOf(details)
  const names = searchTokens({ ...details, phones: [] }).filter((token) => token.includes(' '))
  // Ranges of three indexes: joined by « or », they would be found by reading every patient of the CPTS.
  const near = await tx
    .select()
    .from(patients)
    .where(
      and(
        eq(patients.cptsId, cptsId),
        isNull(patients.mergedIntoId),
        sql`${patients.id} in (
          (select born.id from patients born where born.cpts_id = ${cptsId} and born.birth_date = ${details.birthDate} limit ${mostNear})
          union
          (select named.patient_id from patient_search_tokens named
            where named.cpts_id = ${cptsId} and named.token = any(${sql.param(names)}::text[]) limit ${mostNear})
          union
          (select keyed.patient_id from patient_match_keys keyed
            where keyed.cpts_id = ${cptsId} and keyed.key = any(${sql.param(matchKeys(described))}::text[]) limit ${mostNear})
          union
          (select unnest(${sql.param([...sameNumber])}::uuid[])))`,
      ),
    )
  const alike = near
    .map((patient) => {
      const traits = sharedTraits(patient, details)
      const { score } = likenessOf(patient, described)
      // One number, one person: whatever the names say.
      return sameNumber.includes(patient.id)
        ? { patient, shared: [...traits, 'nationalHealthId' as const], score: 100, isAlike: true }
        : { patient, shared: traits, score, isAlike: looksAlike(traits) || score >= suspectedFrom }
    })
    .filter(({ isAlike }) => isAlike)
    .sort((one, other) => other.shared.length - one.shared.length || other.score - one.score)
    .slice(0, 10)
  const ids = alike.map(({ patient }) => patient.id)
  const open = ids.length === 0 ? [] : await openReferences(tx, context, ids)
  return alike.map(({ isAlike: _, ...found }) => ({
    ...found,
    openCases: open.filter(({ patientId }) => patientId === found.patient.id).map(({ reference }) => reference),
  }))
}

const openReferences = (tx: Db, context: Context, ids: PatientRow['id'][]) =>
  tx
    .select({ patientId: cases.patientId, reference: cases.reference })
    .from(cases)
    .where(and(eq(cases.cptsId, context.actor.cptsId), inArray(cases.patientId, ids), cases.isOpen))
