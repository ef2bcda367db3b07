import type { PatientDetails } from '@maillage/contracts/patients'
import { eligibleSearch, submittedSearch } from './search-present.ts'
import type { DemoWorld, Story } from './story.ts'

/** As somebody else heard it: the same sounds, other letters. */
function heard(name: string): string {
  if (name.includes('ph')) return name.replace('ph', 'f')
  if (name.includes('i')) return name.replace('i', 'y')
  if (name.includes('nn')) return name.replace('nn', 'n')
  return name.replace(/([ltrn])(?=[aeo])/, '$1$1')
}

/** The same person, registered a second time: by a relative, under another number. */
function writtenAgain(patient: PatientDetails, phones: string[]): PatientDetails {
  const birthName = heard(patient.birthName)
  return { ...patient, birthName, lastName: patient.lastName ?? birthName, firstName: heard(patient.firstName), phones }
}

/** Two people who stand on the list twice: the first pair is all but sure, the second is to be looked at. */
export function twoRecords(world: DemoWorld): Story[] {
  const random = world.random.fork()
  const [first, second] = [0, 1].map(() => world.patients.invent(random, { age: [62, 69] }))
  if (!first || !second) return []
  return [
    eligibleSearch(world, { band: 'P3', again: first }),
    submittedSearch(world, { band: 'P3', again: { ...first, phones: [] } }, 1),
    eligibleSearch(world, { band: 'P3', again: second }),
    submittedSearch(world, { band: 'P3', again: writtenAgain(second, ['+33639987001']) }, 0.6),
  ]
}
