import { scaled, times } from './plan-searches.ts'
import { redFlagCare } from './stories/care-opening.ts'
import { bookedCare, bookedWith, noShowCare, offeringCare, submittedCare, triagedCare } from './stories/care-present.ts'
import { attendedCare, cancelledCare, missedCare, redirectedCare, unmetCare } from './stories/care-stories.ts'
import type { DemoWorld, Story } from './stories/story.ts'

const professions = [
  'physician',
  'physician',
  'physician',
  'physician',
  'nurse',
  'dentist',
  'physiotherapist',
  'midwife',
] as const
const redirections = [
  'own_doctor_available',
  'pharmacist_protocol',
  'out_of_hours',
  'advice_only',
  'emergency_15',
] as const

/** Two years of requests that are over. `known`: earlier stories whose patients come again. */
export function pastCares(world: DemoWorld, scale: number, known: readonly Story[]): Story[] {
  const { clock, random, requesters } = world
  const patients = known.filter(({ kind }) => kind === 'gp-search')
  return [
    ...times(scaled(86, scale), (n) => {
      const opener = requesters.length > 0 && n % 9 === 4 ? random.pick(requesters) : undefined
      return attendedCare(world, { profession: professions[n % professions.length], opener })
    }).flat(),
    ...times(scaled(14, scale), (n) => attendedCare(world, { knownFrom: patients[n] })).flat(),
    ...times(scaled(5, scale), (n) => missedCare(world, n % 3 === 1 ? 'cancelled' : 'attended')),
    ...redirections.flatMap((reason) => times(scaled(4, scale), () => redirectedCare(world, reason))),
    ...times(scaled(9, scale), () => redFlagCare(world, clock.ago(random.between(2, 680), random))),
    ...times(scaled(13, scale), () => unmetCare(world)),
    ...times(scaled(11, scale), () => cancelledCare(world)),
  ]
}

/** The requests open today. */
export function presentCares(world: DemoWorld, scale: number): Story[] {
  const { requesters } = world
  const isNamed = world.directory.some(({ account }) => account === 'infirmiere')
  return [
    ...times(scaled(4, scale), (n) =>
      submittedCare(world, 9 + n * 11, { opener: requesters[n % 2], saysItCanWait: true }),
    ),
    submittedCare(world, 5, { profession: 'physician' }),
    ...times(scaled(4, scale), (n) => triagedCare(world, 20 + n * 9, { level: n % 3 === 0 ? 'U2' : 'U3' })),
    // Triaged yesterday for a visit within the day: late.
    triagedCare(world, 3 * 24 * 60, { level: 'U2', profession: 'physician' }),
    ...times(scaled(3, scale), (n) =>
      offeringCare(world, 40 + n * 7, { level: 'U3', profession: professions[n], endsInHours: 3 + n }),
    ),
    ...(isNamed
      ? [offeringCare(world, 35, { account: 'infirmiere', profession: 'nurse', level: 'U3', endsInHours: 2 })]
      : []),
    ...(isNamed
      ? [offeringCare(world, 30, { account: 'medecin', profession: 'physician', level: 'U3', endsInHours: 4 })]
      : []),
    ...(isNamed ? [bookedWith(world, 'medecin', { level: 'U3', profession: 'physician' }, 1)] : []),
    ...(isNamed ? [bookedWith(world, 'infirmiere', { level: 'U3', profession: 'nurse' }, 1)] : []),
    ...times(scaled(6, scale), (n) => bookedCare(world, { profession: professions[n + 2] }, 1 + (n % 2), 9 + n)),
    ...times(scaled(2, scale), (n) => noShowCare(world, 1 + n * 0.2)),
  ]
}
