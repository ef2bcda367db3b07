import { foldName } from '@maillage/contracts/kit/identifiers'
import { type CptsId, newId, newRowId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Profession } from '@maillage/contracts/professions'
import type { Actor } from '../../src/kernel/actor.ts'
import { displayNameOf } from '../../src/kernel/practitioner-name.ts'
import { absences, intakeCapacities, practitioners } from '../../src/kernel/tables/practitioner.table.ts'
import type { Db } from '../../src/platform/db/database.ts'
import type { CarerLine } from './invent/carers.ts'
import { carerSurnames, firstNames, streets } from './invent/names.ts'
import { inventedLandline } from './invent/patients.ts'
import { type Places, placesOver } from './invent/places.ts'
import type { Random } from './invent/random.ts'
import type { ScenarioClock } from './invent/scenario-clock.ts'

/** Somebody of the directory, as the stories know them. */
export interface DemoCarer {
  readonly id: PractitionerId
  readonly displayName: string
  readonly profession: Profession
  readonly isGeneralPractitioner: boolean
  readonly municipality: string
  readonly homeVisits: boolean
  /** Null: never declared places. */
  readonly places: Places | null
  readonly isFull: boolean
  /** The first part of the e-mail of the account that signs in for them. */
  readonly account: string | undefined
  readonly absent: readonly { from: Date; until: Date }[]
  /** Set when an account signs in for them. */
  actor?: Actor
}

export type DemoDirectory = readonly DemoCarer[]

const practices = ['Cabinet médical', 'Maison de santé', 'Pôle de santé', 'Cabinet']

/** Absences of some: one in progress, one to come, most of them over. */
function absencesOf(index: number, clock: ScenarioClock, random: Random): { from: Date; until: Date }[] {
  const over = (start: number, days: number) => ({ from: clock.at(start, 0), until: clock.at(start + days, 12) })
  const past = random.chance(0.4) ? [over(-random.between(90, 500), random.between(4, 18))] : []
  if (index % 9 === 5) return [...past, over(-random.between(2, 4), 12)]
  return index % 7 === 3 ? [...past, over(random.between(10, 40), 9)] : past
}

function inventCarer(
  line: CarerLine,
  index: number,
  name: readonly [string, string],
  clock: ScenarioClock,
  random: Random,
): DemoCarer {
  const [firstName, lastName] = name
  const { intake = { state: 'unknown' }, specialty } = line
  return {
    id: newId(PractitionerId),
    displayName: displayNameOf({ firstName, lastName, profession: line.profession }),
    profession: line.profession,
    isGeneralPractitioner: ['SM26', 'SM53', 'SM54'].includes(specialty ?? ''),
    municipality: line.municipality,
    homeVisits: line.homeVisits ?? false,
    places: intake.state === 'declared' ? placesOver(clock, intake.places, index, line.account !== undefined) : null,
    isFull: intake.state === 'full',
    account: line.account,
    // Those whose accounts are shown are there today.
    absent: line.name ? [] : absencesOf(index, clock, random),
  }
}

/** What the directory of a CPTS holds of somebody, with what the stories know of them. */
export interface DirectoryCard {
  readonly carer: DemoCarer
  readonly columns: Omit<typeof practitioners.$inferInsert, 'cptsId'>
}

/** Draws the directory of a CPTS. */
export function inventDirectory(lines: readonly CarerLine[], clock: ScenarioClock, random: Random): DirectoryCard[] {
  const names = random.shuffle(carerSurnames)
  return lines.map((line, index) => {
    const sex = line.sex ?? (random.chance(0.55) ? 'female' : 'male')
    const drawn = random.pick(firstNames[sex][random.chance(0.6) ? 'middle' : 'young'])
    const name = line.name ?? [drawn, names[index] ?? 'Inconnu']
    const carer = inventCarer(line, index, name, clock, random)
    return { carer, columns: columnsOf(line, carer, name, { sex, index, since: clock.at(-760, 9), random }) }
  })
}

function columnsOf(
  line: CarerLine,
  carer: DemoCarer,
  [firstName, lastName]: readonly [string, string],
  { sex, index, since, random }: { sex: string; index: number; since: Date; random: Random },
): DirectoryCard['columns'] {
  return {
    id: carer.id,
    lastName,
    firstName,
    displayName: carer.displayName,
    gender: sex,
    profession: carer.profession,
    isGeneralPractitioner: carer.isGeneralPractitioner,
    specialty: line.specialty ?? null,
    // No number of this form is given: RPPS begin with 10.
    rpps: `99${String(random.between(100_000_000, 999_999_999))}`,
    practiceName: `${random.pick(practices)} des ${random.pick(streets)}`,
    practiceLine: `${random.between(1, 90)} avenue des ${random.pick(streets)}`,
    municipalityCode: carer.municipality,
    practicePhone: index % 19 === 17 ? null : inventedLandline(random),
    practiceEmail: `cabinet.${foldName(lastName).replaceAll(' ', '-')}@sante.example`,
    homeVisits: line.homeVisits ?? null,
    accessible: random.chance(0.6) ? true : null,
    languages: [...(line.languages ?? [])],
    search: foldName(`${lastName} ${firstName}`),
    ...cardOf(index, since),
    createdAt: since,
    updatedAt: since,
  }
}

const enteredColumns = ['practice_name', 'practice_line', 'practice_phone', 'practice_email']

/** What was asked of their cards: most let them be shown; some confirmed lately, some long ago, some never. */
function cardOf(index: number, since: Date): Partial<DirectoryCard['columns']> {
  const entered = { by: 'coordinator', at: since.toISOString() } as const
  // `since` is 760 days ago: from a few weeks to more than a year.
  const confirmedAt = index % 4 === 3 ? null : new Date(since.getTime() + (740 - ((index * 37) % 400)) * 86_400_000)
  const isRefused = index % 17 === 8
  return {
    enteredByPerson: enteredColumns,
    sources: Object.fromEntries(enteredColumns.map((column) => [column, entered])),
    shownInternally: index % 11 === 10 ? null : !isRefused,
    shownPublicly: index % 3 === 0 ? true : null,
    teleconsultation: index % 5 === 2 ? true : null,
    confirmedAt,
    confirmedBy: confirmedAt && (index % 2 === 0 ? 'self' : 'phone'),
  }
}

/** Writes a directory that was drawn. */
export async function insertDirectory(
  tx: Db,
  cptsId: CptsId,
  cards: readonly DirectoryCard[],
  clock: ScenarioClock,
): Promise<void> {
  await tx.insert(practitioners).values(cards.map(({ columns }) => ({ cptsId, ...columns })))
  const people = cards.map(({ carer }) => carer)
  const declared = people.flatMap((carer) => {
    const first = carer.places?.periods[0]
    if (!first && !carer.isFull) return []
    const declaredAt = first?.from ?? clock.at(-400, 9)
    return [{ cptsId, practitionerId: carer.id, places: first?.places ?? 0, homeVisits: carer.homeVisits, declaredAt }]
  })
  await tx.insert(intakeCapacities).values(declared)
  const away = people.flatMap(({ id, absent }) =>
    absent.map(({ from, until }) => ({
      cptsId,
      id: newRowId(),
      practitionerId: id,
      fromDay: clock.dayOf(from),
      untilDay: clock.dayOf(until),
    })),
  )
  if (away.length > 0) await tx.insert(absences).values(away)
}
