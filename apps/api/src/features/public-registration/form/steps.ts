import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { PatientDetails } from '@maillage/contracts/patients'
import type { Answers } from '../public-registration.table.ts'
import { type Fault, namesIn, type Section } from './field.ts'
import {
  addressSection,
  contactSection,
  householdSections,
  preferenceSections,
  situationSections,
  whoSections,
} from './questions.ts'
import { type Read, readContact, readHousehold, readIdentity, readSituation, readWishes } from './read-steps.ts'
import type { ContactAddress } from './reader.ts'

/** One page of questions; its name is its address. */
export interface Step {
  readonly name: string
  readonly title: string
  readonly sections: readonly Section[]
  faultsOf(answers: Answers, today: DayDate): readonly Fault[]
}

const faultsIn = (...reads: readonly Read<unknown>[]): Fault[] => reads.flatMap(({ faults = [] }) => [...faults])

/** The pages of questions, in their order; the fifth shows what was answered and asks for the agreement. */
export const steps: readonly Step[] = [
  {
    name: 'vous',
    title: 'Qui cherche un médecin ?',
    sections: [...whoSections, contactSection, addressSection],
    faultsOf: (answers, today) => faultsIn(readIdentity(answers, today), readContact(answers)),
  },
  {
    name: 'foyer',
    title: 'Vous et votre foyer',
    sections: householdSections,
    faultsOf: (answers, today) => faultsIn(readHousehold(answers, today)),
  },
  {
    name: 'situation',
    title: 'Votre situation',
    sections: situationSections,
    faultsOf: (answers) => faultsIn(readSituation(answers)),
  },
  {
    name: 'souhaits',
    title: 'Vos souhaits',
    sections: preferenceSections,
    faultsOf: (answers) => faultsIn(readWishes(answers)),
  },
]

/** Counts the page that shows the answers. */
export const pageCount = steps.length + 1

/** The first step that still lacks something; undefined when all may be sent. */
export const firstFaulty = (answers: Answers, today: DayDate): Step | undefined =>
  steps.find((step) => step.faultsOf(answers, today).length > 0)

/** The answers with those of one page replaced: a box that is no longer ticked is not sent, and must not stay. */
export function withAnswersOf(sections: readonly Section[], before: Answers, form: Answers): Answers {
  const names = namesIn(sections)
  const kept = Object.entries(before).filter(([name]) => !names.includes(name))
  const given = names.flatMap((name) => {
    const word = (form[name] ?? '').slice(0, 4000)
    return word.trim() === '' ? [] : [[name, word] as const]
  })
  return Object.fromEntries([...kept, ...given])
}

/** All that a request says, once nothing is wrong with it. */
export interface RegistrationRead {
  readonly patient: PatientDetails
  readonly details: GpSearchDetails
  readonly address: ContactAddress
  readonly others: number
  readonly together: boolean
}

/** Reads a whole request; undefined when something is missing. */
export function readRegistration(answers: Answers, municipality: string, today: DayDate): RegistrationRead | undefined {
  const identity = readIdentity(answers, today)
  const contact = readContact(answers)
  const household = readHousehold(answers, today)
  const situation = readSituation(answers)
  const wishes = readWishes(answers)
  if (identity.faults || contact.faults || household.faults || situation.faults || wishes.faults) return undefined
  const { email, phones, line, postalCode, address } = contact.value
  const { guardian, caregiver, others, together } = household.value
  return {
    patient: {
      ...identity.value,
      ...wishes.value.patient,
      phones,
      ...(email ? { email } : {}),
      address: { municipality, ...(line ? { line } : {}), ...(postalCode ? { postalCode } : {}) },
      ...(guardian ? { guardian } : {}),
      ...(caregiver ? { caregiver } : {}),
    },
    details: { ...situation.value, ...wishes.value.details },
    address,
    others,
    together,
  }
}
