import type { Band, Channel } from '@maillage/contracts/cases'
import type { GpSearchDetails } from '@maillage/contracts/gp-search'
import { lossReasons } from '@maillage/contracts/gp-search'
import { carerSurnames } from '../invent/names.ts'
import type { Random } from '../invent/random.ts'
import { searchWords } from '../invent/texts.ts'

/** Points that keep a search in its band while it waits: seniority adds a point a fortnight. */
const pointsOf = { P1: [63, 85], P2: [42, 53], P3: [21, 33], P4: [0, 13] } as const
/** The ages at which such a search is believable; age alone gives ten or fifteen points. */
const agesOf = { P1: [62, 92], P2: [44, 88], P3: [20, 79], P4: [18, 68] } as const

export const ageRangeOf = (band: Band): readonly [number, number] => agesOf[band]

type Fact = readonly [points: number, details: GpSearchDetails, ages?: readonly [number, number]]

const facts: readonly Fact[] = [
  [30, { hasLongTermCondition: true }],
  [25, { treatmentDaysLeft: 6 }],
  [15, { treatmentDaysLeft: 13 }],
  [15, { solidarityCover: true }],
  [15, { disabledAdultAllowance: true }, [20, 61]],
  [15, { homebound: true }, [66, 110]],
  [10, { pregnancyOrInfant: true }, [20, 40]],
  [10, { noCareForAYear: true }],
  [10, { frequentEmergencyVisits: true }],
  [5, { livesAlone: true }],
]

const fromAge = (age: number): number => {
  if (age >= 80) return 15
  return age >= 70 ? 10 : 0
}

/** Facts that put a search in the band asked for, and the rest of what somebody tells. */
export function detailsFor(random: Random, band: Band, age: number, channel: Channel): GpSearchDetails {
  const [least, most] = pointsOf[band]
  const base = fromAge(age) + (channel === 'professional' ? 5 : 0)
  for (let tries = 0; tries < 200; tries++) {
    let points = base
    let details: GpSearchDetails = {}
    for (const [worth, fact, ages] of random.shuffle(facts)) {
      const isTwice = Object.keys(fact).some((key) => key in details)
      const isBelievable = !ages || (age >= ages[0] && age <= ages[1])
      if (points >= least || isTwice || !isBelievable || points + worth > most) continue
      points += worth
      details = { ...details, ...fact }
    }
    if (points >= least && points <= most) return { ...details, ...storyOf(random, band) }
  }
  throw new Error(`No facts make a ${band} of somebody aged ${age}`)
}

/** What gives no point: how the former doctor was lost, who was asked already, what is wished. */
function storyOf(random: Random, band: Band): GpSearchDetails {
  const previousGp = {
    lossReason: random.pick(lossReasons),
    ...(random.chance(0.3) ? { name: `Dr ${random.pick(carerSurnames)}` } : {}),
  }
  return {
    ...(random.chance(0.8) ? { previousGp } : {}),
    ...(random.chance(0.4)
      ? { doctorsAlreadyContacted: ['Cabinet du centre', 'Maison de santé'].slice(0, random.between(1, 2)) }
      : {}),
    ...(random.chance(0.35) ? { preferences: wishesOf(random) } : {}),
    ...(random.chance(band === 'P4' ? 0.3 : 0.7) ? { freeText: random.pick(searchWords) } : {}),
  }
}

function wishesOf(random: Random): GpSearchDetails['preferences'] {
  return {
    ...(random.chance(0.6) ? { maxDistanceKm: random.pick([5, 10, 15, 20]) } : {}),
    ...(random.chance(0.2) ? { languages: [random.pick(['arabe', 'espagnol', 'anglais', 'portugais'])] } : {}),
    ...(random.chance(0.15) ? { gender: random.pick(['female', 'male'] as const) } : {}),
    ...(random.chance(0.15) ? { accessibility: true } : {}),
  }
}
