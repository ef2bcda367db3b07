import type { MergedField } from '@maillage/contracts/coordination/duplicates'
import { mergedFields } from '@maillage/contracts/coordination/duplicates'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'

/** The columns that each field of the comparison stands for: an address is chosen whole. */
const columnsOf = {
  birthName: ['birthName'],
  lastName: ['lastName'],
  firstName: ['firstName'],
  birthDate: ['birthDate'],
  sex: ['sex'],
  phones: ['phones'],
  email: ['email'],
  address: ['addressLine', 'addressComplement', 'postalCode', 'municipalityCode'],
  guardian: ['guardian'],
  caregiver: ['caregiver'],
  trustedPerson: ['trustedPerson'],
  interpreterLanguage: ['interpreterLanguage'],
  hoursToCall: ['hoursToCall'],
  noVoicemail: ['noVoicemail'],
  deceasedOn: ['deceasedOn'],
} as const satisfies Record<MergedField, readonly (keyof PatientRow)[]>

type Values = Partial<PatientRow>

/** One field that a merge changed: what its columns held, and what they hold since. */
export interface ChangedField {
  field: MergedField
  before: Values
  after: Values
}

const mostPhones = 4

const valuesOf = (row: PatientRow, field: MergedField): Values =>
  Object.fromEntries(columnsOf[field].map((column) => [column, row[column]]))

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What the kept record takes from the other, field by field; nothing for a field that is alike already. */
export function chosenFields(
  kept: PatientRow,
  other: PatientRow,
  choice: { fromOther: readonly MergedField[]; bothPhones: boolean },
): ChangedField[] {
  return mergedFields.flatMap((field) => {
    const before = valuesOf(kept, field)
    const isTaken = choice.fromOther.includes(field)
    const both = [...new Set(isTaken ? [...other.phones, ...kept.phones] : [...kept.phones, ...other.phones])]
    const isBoth = field === 'phones' && choice.bothPhones
    const alone = isTaken ? valuesOf(other, field) : before
    const after = isBoth ? { phones: both.slice(0, mostPhones) } : alone
    return isSame(before, after) ? [] : [{ field, before, after }]
  })
}

/** What undoing a merge puts back on the kept record: the fields that nobody corrected since. */
export function fieldsToPutBack(now: PatientRow, changed: readonly ChangedField[]): Values {
  const untouched = changed.filter(({ field, after }) => isSame(valuesOf(now, field), after))
  return Object.assign({}, ...untouched.map(({ before }) => before))
}

export const patchOf = (changed: readonly ChangedField[]): Values =>
  Object.assign({}, ...changed.map(({ after }) => after))
