import type { SaidFor } from '@maillage/contracts/delegation/on-behalf'
import { DayDate } from '@maillage/contracts/kit/dates'
import { addAbsence } from '../../src/features/practitioners/add-absence.ts'
import { changeCard } from '../../src/features/practitioners/card/change-card.ts'
import { declareTeamPlaces, openTeam } from '../../src/features/practitioners/teams/keep-team.ts'
import type { DemoCarer } from './directory.ts'
import { type DemoWorld, newStory, type Story, tell } from './stories/story.ts'

/** A card that its owner wrote seven months ago, a team that counts its places together, and two who are stood in for. */
export function presentCards(world: DemoWorld): Story[] {
  const [owner, keeper] = ['medecin', 'cabinet.arenes'].map((account) =>
    world.directory.find((carer) => carer.account === account),
  )
  if (!owner || !keeper) return []
  return [tellCard(world, owner), tellTeam(world, keeper), tellStandIns(world)]
}

function tellCard(world: DemoWorld, { id, actor, municipality }: DemoCarer): Story {
  const story = newStory(world, 'gp-search', world.clock.at(-213, 10))
  const elsewhere = world.directory.find((carer) => carer.municipality !== municipality)?.municipality ?? municipality
  const given = {
    mssanteAddress: 'cabinet@medecin.mssante.example',
    practiceHours: 'du lundi au vendredi, 8 h 30 – 18 h 30',
    teleconsultation: true,
    accessible: true,
    sites: [{ name: 'Consultation avancée', municipality: elsewhere, accessible: true, hours: 'le jeudi matin' }],
    version: 1,
  }
  tell(story, story.at, ({ deps }) => changeCard(deps, actor ?? story.coordinator, id, given), 'alone')
  return story
}

/** Opened just now: what the months before accepted was taken from each one's own places. */
function tellTeam(world: DemoWorld, keeper: DemoCarer): Story {
  const story = newStory(world, 'gp-search', new Date(world.clock.now.getTime() - 5 * 60_000))
  const others = ['nurse', 'physiotherapist', 'midwife'].flatMap(
    (profession) => world.directory.find((carer) => carer.profession === profession && !carer.account) ?? [],
  )
  const members = [keeper, ...others].map(({ id }) => ({ id, keeps: id === keeper.id }))
  const team = {
    kind: 'msp' as const,
    name: 'Maison de santé des Arènes',
    line: '2 place des Arènes',
    municipality: keeper.municipality,
    members,
  }
  tell(
    story,
    story.at,
    async ({ deps }) => {
      const id = await openTeam(deps, story.coordinator, team)
      await declareTeamPlaces(deps, keeper.actor ?? story.coordinator, id, { places: 6, version: 1 })
    },
    'alone',
  )
  return story
}

/** Away from today: a colleague stands in for one who is full, a locum for another. */
function tellStandIns(world: DemoWorld): Story {
  const { clock, directory } = world
  const story = newStory(world, 'gp-search', new Date(clock.now.getTime() - 4 * 60_000))
  const isFree = ({ absent, account }: DemoCarer): boolean => absent.length === 0 && !account
  const full = directory.find((carer) => carer.isGeneralPractitioner && carer.isFull && isFree(carer))
  const colleague = directory.find((carer) => carer.isGeneralPractitioner && carer.account === 'medecin2')
  const physio = directory.filter((carer) => carer.profession === 'physiotherapist' && isFree(carer)).at(-1)
  const days = { from: DayDate.parse(clock.dayOf(clock.now)), until: DayDate.parse(clock.dayOf(clock.at(9, 12))) }
  const standIns = [
    ...(full && colleague ? [{ id: full.id, replacement: { practitionerId: colleague.id } }] : []),
    ...(physio ? [{ id: physio.id, replacement: { name: 'Camille Relais', phone: '+33639980031' } }] : []),
  ]
  // Told on the phone: whoever rang stays beside what was noted.
  const said = (spokenTo: string): SaidFor => ({ channel: 'phone', spokenTo })
  for (const { id, replacement } of standIns) {
    const absence = { ...days, replacement, onBehalf: said('Secrétariat du cabinet') }
    tell(story, story.at, ({ deps }) => addAbsence(deps, story.coordinator, id, absence), 'alone')
  }
  const doctor = directory.find(({ account }) => account === 'medecin')
  const holiday = {
    from: DayDate.parse(clock.dayOf(clock.at(96, 12))),
    until: DayDate.parse(clock.dayOf(clock.at(103, 12))),
  }
  if (doctor) {
    const absence = { ...holiday, onBehalf: said('Mme Relais, secrétariat') }
    tell(story, story.at, ({ deps }) => addAbsence(deps, story.coordinator, doctor.id, absence), 'alone')
  }
  return story
}
