import type { NeedType, NewNeed } from '@maillage/contracts/discharge-needs'
import type { HospitalDischargeDetails, OpenHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { NeedId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import type * as z from 'zod'
import { needsOf } from '../../../src/features/hospital-discharge/hospital-discharge.store.ts'
import { openHospitalDischarge } from '../../../src/features/hospital-discharge/open-hospital-discharge.ts'
import { caseLinks } from '../../../src/kernel/tables/case.table.ts'
import { stays } from '../invent/texts.ts'
import { caseIdOf, opened } from './care-file.ts'
import { carersFor } from './choose-carer.ts'
import { consentAt, type SearchStory } from './search-intake.ts'
import { type CareFile, type DemoWard, type DemoWorld, newStory, type Story, tell } from './story.ts'

/** A discharge being told: its ward, its date, what is asked for. */
export interface DischargeStory extends Story {
  readonly ward: DemoWard
  readonly needs: readonly NeedType[]
  expectedAt: Date
  /** The search that it opens for a patient without médecin traitant. */
  search: SearchStory | null
}

export interface DischargeOpening {
  openedAt: Date
  expectedAt: Date
  /** Which ward, by its place in the list. */
  unit?: number
  submit?: boolean
  withoutGp?: boolean
  needs?: readonly NeedType[]
}

const usualNeeds: readonly NeedType[][] = [
  ['home-nurse', 'physiotherapy'],
  ['home-nurse', 'physiotherapy', 'equipment'],
  ['home-nurse', 'gp-visit', 'home-help'],
  ['home-nurse', 'pharmacy'],
  ['home-nurse', 'gp-visit', 'meals', 'home-help'],
  ['physiotherapy', 'transport'],
  ['home-nurse', 'speech-therapy', 'physiotherapy'],
  ['home-nurse', 'social-worker', 'gp-visit'],
]

const frequencies: Partial<Record<NeedType, string>> = {
  'home-nurse': 'une fois par jour',
  physiotherapy: 'trois fois par semaine',
  'home-help': 'deux heures par jour',
  meals: 'midi, tous les jours',
}

const HOUR = 3_600_000

function needOf(story: Story, type: NeedType, expectedAt: Date): z.output<typeof NewNeed> {
  const { random } = story
  const frequency = frequencies[type]
  return {
    type,
    ...(frequency ? { frequency } : {}),
    startAt: new Date(expectedAt.getTime() + random.between(2, 26) * HOUR).toISOString(),
    atHome: !['pharmacy', 'equipment', 'transport'].includes(type),
    prescriptionAvailable: random.chance(0.85),
    vital: type === 'home-nurse' && random.chance(0.25),
  }
}

type Stay = (typeof stays)[number]

function detailsOf(
  story: Story,
  ward: DemoWard,
  stay: Stay,
  { expectedAt, withoutGp }: DischargeOpening,
): HospitalDischargeDetails {
  const { random } = story
  const [nurse] = random.chance(0.3) ? carersFor(story, 'nurse', story.at, 1) : []
  return {
    unitId: ward.unitId,
    expectedDischargeAt: expectedAt.toISOString(),
    destination: random.pick(['home', 'home', 'home', 'relative', 'residence'] as const),
    stayReason: stay.reason,
    livesAlone: random.chance(0.45),
    ...(stay.unit === 1 || random.chance(0.3) ? { gir: random.between(2, 5) } : {}),
    ...(stay.prado ? { prado: stay.prado } : {}),
    had: 'not_needed',
    usualTeam: nurse ? [{ profession: 'nurse', name: nurse.displayName, practitionerId: nurse.id }] : [],
    callBack: { phone: ward.phone, hours: '9 h à 17 h', deputy: 'Poste de soins' },
    patientInformed: true,
    hasGp: !withoutGp,
    readmissionRisk: random.chance(0.3),
  }
}

/** Opens a discharge at an hour, by its ward. */
export function tellDischargeOpening(world: DemoWorld, opening: DischargeOpening): DischargeStory {
  const base = newStory(world, 'hospital-discharge', opening.openedAt)
  const { random } = base
  const ward = world.wards[opening.unit ?? random.between(0, world.wards.length - 1)]
  if (!ward) throw new Error('The demo has no such ward')
  const stay = random.pick(stays.filter(({ unit }) => unit === world.wards.indexOf(ward)))
  const needs = opening.needs ?? random.pick(usualNeeds)
  const story: DischargeStory = { ...base, ward, needs, expectedAt: opening.expectedAt, search: null }
  if (opening.withoutGp) story.search = { ...newStory(world, 'gp-search', opening.openedAt, story), size: 1 }
  const { search } = story
  const submit = opening.submit ?? true
  const input: OpenHospitalDischarge = {
    patient: world.patients.invent(random, { age: stay.unit === 1 ? [76, 95] : [48, 90] }),
    channel: 'hospital',
    submit,
    consent: submit ? consentAt(opening.openedAt, ward.actor.displayName) : undefined,
    details: detailsOf(story, ward, stay, opening),
    needs: needs.map((type) => needOf(story, type, opening.expectedAt)),
  }
  const open = async (file: CareFile): Promise<void> => {
    opened(file, (await openHospitalDischarge(file.deps, ward.actor, input)).row)
    if (search) await findLinked(file, search)
  }
  tell(story, opening.openedAt, open, 'opening')
  return story
}

/** The search that the discharge opened in the same transaction. */
async function findLinked({ deps, story }: CareFile, search: Story): Promise<void> {
  const { cptsId } = story.world
  const [link] = await deps.db.read(cptsId, (db) =>
    db
      .select({ id: caseLinks.caseId })
      .from(caseLinks)
      .where(and(eq(caseLinks.cptsId, cptsId), eq(caseLinks.linkedCaseId, caseIdOf(story)))),
  )
  if (!link) throw new Error('A discharge without médecin traitant opened no search')
  search.caseId = link.id
}

/** The need of a type: a discharge of the demo has one of each at most. */
export async function needIdOf({ deps, story }: CareFile, type: NeedType): Promise<NeedId> {
  const { cptsId } = story.world
  const needs = await deps.db.read(cptsId, (db) => needsOf(db, { cptsId, id: caseIdOf(story) }))
  const need = needs.find((one) => one.type === type)
  if (!need) throw new Error(`The discharge has no need of ${type}`)
  return need.id
}
