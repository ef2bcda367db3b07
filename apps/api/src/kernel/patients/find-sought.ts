import { isHealthNumber, plainHealthNumber } from '@maillage/contracts/kit/health-number'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Db } from '../../platform/db/database.ts'
import { type FoundPatients, findPatients } from './patient-finder.ts'
import { findByHealthNumber } from './patient-identity.store.ts'
import { readSought, type Sought } from './patient-lookup.ts'

/** What was typed: a national health number, which nothing but its digest finds, or anything else. */
export type Typed = Sought & { readonly healthNumber: string | null }

/** Reads what was typed. Fifteen characters whose key fits are a number, and no phone. */
export function readTyped(typed: string, now: Date): Typed {
  const number = plainHealthNumber(typed)
  return isHealthNumber(number)
    ? { references: [], birthDate: null, words: [], healthNumber: number }
    : { ...readSought(typed, now), healthNumber: null }
}

/** Looks for whom was typed, by name, phone, birth date, reference or health number. */
export async function findTyped(
  db: Db,
  about: { cptsId: CptsId; cipher: FieldCipher },
  typed: Typed,
  walk?: number,
): Promise<FoundPatients> {
  if (typed.healthNumber === null) return findPatients(db, about.cptsId, typed, walk)
  const ids = await findByHealthNumber(db, about.cipher, about.cptsId, typed.healthNumber)
  return { ids, inside: [], isPartial: false }
}
