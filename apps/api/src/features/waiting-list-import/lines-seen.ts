import type { PatientDetails } from '@maillage/contracts/patients'
import { looksAlike, sharedTraits, traitsKey } from '../../kernel/patients/patient-traits.ts'

/** Only what tells people apart: a whole file of descriptions would stay in memory. */
type Person = Pick<PatientDetails, 'birthName' | 'firstName' | 'birthDate' | 'sex'>
type Seen = { line: number; patient: Person }

/** The people of the lines that came before in the same file. */
export type LinesSeen = {
  /** The line that speaks of the same person. */
  sameAs: (patient: Person) => number | undefined
  /** Is somebody else of the file hard to tell from this person? */
  hasLookAlike: (patient: Person) => boolean
  add: (seen: Seen) => void
}

const withoutSex = (patient: Person): string => traitsKey({ ...patient, sex: 'unknown' })
const isSameSex = (one: Person, other: Person): boolean =>
  one.sex === other.sex || one.sex === 'unknown' || other.sex === 'unknown'

// Look-alikes share the first name, and at least the birth name or the birth date.
const nearKeys = (patient: Person): string[] => [
  traitsKey({ ...patient, birthDate: '' as PatientDetails['birthDate'], sex: 'unknown' }), // never stored: a key alone
  traitsKey({ ...patient, birthName: '', sex: 'unknown' }),
]

/** Remembers the people of a file, for a list that names somebody twice. */
export function linesSeen(): LinesSeen {
  const same = new Map<string, Seen[]>()
  const near = new Map<string, Seen[]>()
  const put = (index: Map<string, Seen[]>, key: string, seen: Seen): void => {
    const known = index.get(key)
    if (known) known.push(seen)
    else index.set(key, [seen])
  }
  return {
    sameAs: (patient) => same.get(withoutSex(patient))?.find((one) => isSameSex(one.patient, patient))?.line,
    hasLookAlike: (patient) =>
      nearKeys(patient)
        .flatMap((key) => near.get(key) ?? [])
        .some((one) => looksAlike(sharedTraits(one.patient, patient))),
    add: ({ line, patient: { birthName, firstName, birthDate, sex } }) => {
      const seen = { line, patient: { birthName, firstName, birthDate, sex } }
      put(same, withoutSex(seen.patient), seen)
      for (const key of nearKeys(seen.patient)) put(near, key, seen)
    },
  }
}
