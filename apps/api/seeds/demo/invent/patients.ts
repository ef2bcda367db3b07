import { DayDate } from '@maillage/contracts/kit/dates'
import type { ContactPerson, PatientDetails } from '@maillage/contracts/patients'
import { firstNames, streets, surnames } from './names.ts'
import type { Random } from './random.ts'
import type { DemoMunicipality } from './territories.ts'

/** What is asked of somebody to invent. */
export interface Wanted {
  age: readonly [number, number]
  sex?: 'female' | 'male'
  /** Somebody of the same home. */
  livesWith?: PatientDetails
}

/** Invents patients of one CPTS, each unlike the others. */
export interface PatientMaker {
  invent(random: Random, wanted: Wanted): PatientDetails
}

/** Numbers kept for works of fiction: nobody will ever ring. */
export const inventedMobile = (random: Random): string => `+33639 98${random.between(1000, 9999)}`.replace(' ', '')
const landlines = ['+33465 71', '+33199 00', '+33261 91', '+33353 01', '+33536 49']
export const inventedLandline = (random: Random, everywhere = false): string =>
  `${everywhere ? random.pick(landlines) : '+33465 71'}${random.between(1000, 9999)}`.replace(' ', '')

const languages = ['arabe', 'espagnol', 'portugais', 'ukrainien', 'anglais', 'langue des signes française']

/** The ages that people of a first name have in France, roughly. */
function firstNameOf(random: Random, sex: 'female' | 'male', age: number): string {
  const names = firstNames[sex]
  if (age >= 66) return random.pick(random.chance(0.85) ? names.old : names.middle)
  if (age >= 40) return random.pick(random.chance(0.85) ? names.middle : names.young)
  return random.pick(names.young)
}

const weighted = (municipalities: readonly DemoMunicipality[]): DemoMunicipality[] =>
  municipalities.flatMap((one) => Array.from({ length: one.weight }, () => one))

function birthOf(random: Random, today: string, age: number): DayDate {
  const days = age * 365.25 + random.between(1, 360)
  return DayDate.parse(new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10))
}

const relative = (random: Random, patient: Pick<PatientDetails, 'birthName'>, relationship: string): ContactPerson => ({
  name: `${random.pick(firstNames[random.chance(0.6) ? 'female' : 'male'].middle)} ${patient.birthName}`,
  relationship,
  phone: inventedMobile(random),
})

/** Who is called for somebody: the parent of a minor, the child of somebody old. */
function contactsOf(random: Random, age: number, patient: Pick<PatientDetails, 'birthName'>): Partial<PatientDetails> {
  if (age < 18) return { guardian: relative(random, patient, random.chance(0.7) ? 'mère' : 'père') }
  return {
    ...(age >= 75 && random.chance(0.6) ? { caregiver: relative(random, patient, 'enfant') } : {}),
    ...(age >= 65 && random.chance(0.3) ? { trustedPerson: relative(random, patient, 'sœur ou frère') } : {}),
  }
}

function particularsOf(random: Random, age: number): Partial<PatientDetails> {
  return {
    ...(random.chance(0.05) ? { interpreterLanguage: random.pick(languages) } : {}),
    ...(age < 60 && random.chance(0.25)
      ? { hoursToCall: random.pick(['après 17 h', 'entre 12 h et 14 h', 'le matin']) }
      : {}),
    ...(random.chance(0.08) ? { noVoicemail: true } : {}),
  }
}

function addressOf(random: Random, { code, postalCode }: DemoMunicipality): PatientDetails['address'] {
  const way = random.pick(['rue', 'rue', 'rue', 'impasse', 'chemin', 'avenue'])
  return {
    line: `${random.between(1, 148)} ${way} des ${random.pick(streets)}`,
    postalCode,
    municipality: code,
    ...(random.chance(0.12)
      ? {
          complement: random.pick([
            '2e étage sans ascenseur',
            'Bât. B',
            'Portail vert, sonner deux fois',
            'Rez-de-jardin',
          ]),
        }
      : {}),
  }
}

/** The maker of a CPTS's patients; `today` is the day from which ages are counted. */
export function patientMaker(municipalities: readonly DemoMunicipality[], today: string): PatientMaker {
  const homes = weighted(municipalities)
  const known = new Set<string>()
  function invent(random: Random, wanted: Wanted): PatientDetails {
    const age = random.between(...wanted.age)
    const sex = wanted.sex ?? (random.chance(0.56) ? 'female' : 'male')
    const firstName = firstNameOf(random, sex, age)
    const birthName = wanted.livesWith?.lastName ?? wanted.livesWith?.birthName ?? random.pick(surnames)
    // Two people of one name would be look-alikes, which the demo shows on purpose elsewhere.
    if (known.has(`${firstName} ${birthName}`)) return invent(random, wanted)
    known.add(`${firstName} ${birthName}`)
    const isMarried = sex === 'female' && age >= 30 && !wanted.livesWith && random.chance(0.45)
    const mail = `${firstName}.${birthName}`
      .normalize('NFKD')
      .replace(/[^A-Za-z.-]/g, '')
      .toLowerCase()
    const home = wanted.livesWith
    return {
      birthName,
      ...(isMarried ? { lastName: random.pick(surnames) } : {}),
      firstName,
      birthDate: birthOf(random, today, age),
      sex,
      phones: home?.phones ?? [
        inventedMobile(random),
        ...(age >= 60 && random.chance(0.5) ? [inventedLandline(random)] : []),
      ],
      ...(age >= 18 && age < 70 && random.chance(0.5) ? { email: `${mail}@courriel.example` } : {}),
      address: home?.address ?? addressOf(random, random.pick(homes)),
      ...contactsOf(random, age, { birthName }),
      ...particularsOf(random, age),
    }
  }
  return { invent }
}
