import type { DeclineReason } from '@maillage/contracts/proposals'
import type { DemoCarer } from '../directory.ts'
import { attemptNotes, declineTexts, previewNotes } from '../invent/texts.ts'
import { accept, decline, expire, release } from './answers.ts'
import { attempt, moveSearch, offer } from './care-file.ts'
import { gpsAsked, gpWhoAccepts, namedGpWhoAccepts } from './choose-carer.ts'
import type { SearchStory } from './search-intake.ts'
import { tell, wait } from './story.ts'

const HOUR = 3_600_000
const declineReasons: readonly DeclineReason[] = [
  'no_capacity',
  'no_capacity',
  'too_far',
  'out_of_competence',
  'home_visit_impossible',
  'absence',
  'conflict_of_interest',
  'other',
]

const noteFor = (story: SearchStory): { previewNote?: string } =>
  story.random.chance(0.4) ? { previewNote: story.random.pick(previewNotes) } : {}

/** One doctor is asked and says no, with a reason. */
export function tellDecline(story: SearchStory): void {
  const sentAt = wait(story, 3, 40)
  const [carer] = gpsAsked(story, sentAt, story.size, 1)
  if (!carer) return
  const { coordinator, random } = story
  const expiresAt = new Date(sentAt.getTime() + 7 * 24 * HOUR).toISOString()
  const input = { mode: 'direct' as const, practitionerIds: [carer.id], expiresAt, ...noteFor(story) }
  tell(story, sentAt, (file) => offer(file, coordinator, input))
  const reason = random.pick(declineReasons)
  const why = reason === 'other' ? { reason, text: random.pick(declineTexts) } : { reason }
  tell(story, wait(story, 1, 20), (file) => decline(file, carer, why))
}

/** One doctor is asked and says nothing for two days. */
export function tellSilence(story: SearchStory): void {
  const sentAt = wait(story, 3, 40)
  const [carer] = gpsAsked(story, sentAt, story.size, 1)
  if (!carer) return
  const { coordinator } = story
  const expiresAt = new Date(sentAt.getTime() + 48 * HOUR)
  const input = { mode: 'direct' as const, practitionerIds: [carer.id], expiresAt: expiresAt.toISOString() }
  tell(story, sentAt, (file) => offer(file, coordinator, input))
  tell(story, new Date(expiresAt.getTime() + 60_000), (file) => expire(file, carer))
}

/** How the doctor who accepts is asked. */
export interface Match {
  /** The account of a doctor of the demo; by default, whoever has a place. */
  account?: string
  /** Asked at once with others, who learn that it is settled; or after others of a list. */
  mode?: 'direct' | 'broadcast' | 'sequential'
  /** When it was sent and answered; by default, some office hours later. */
  hours?: { sentAt: Date; answeredAt: Date }
}

/** A round that ends with an acceptance. */
export function tellMatch(story: SearchStory, { account, mode = 'direct', hours }: Match = {}): DemoCarer {
  const { coordinator, random, size } = story
  const sentAt = hours?.sentAt ?? wait(story, 2, 30)
  const answeredAt = hours?.answeredAt ?? story.world.clock.later(sentAt, 1, 22, random)
  const promised = { sentAt, answeredAt, size }
  const carer = account ? namedGpWhoAccepts(story, account, promised) : gpWhoAccepts(story, promised)
  const others = mode === 'direct' ? [] : gpsAsked(story, sentAt, size, 2)
  const list = mode === 'sequential' ? [...others.slice(0, 1), carer] : [carer, ...others]
  const practitionerIds = list.map(({ id }) => id)
  const expiresAt = new Date(sentAt.getTime() + 7 * 24 * HOUR).toISOString()
  tell(story, sentAt, (file) =>
    offer(file, coordinator, {
      mode: list.length === 1 ? 'direct' : mode,
      practitionerIds,
      expiresAt,
      ...noteFor(story),
    }),
  )
  const [first] = others
  if (mode === 'sequential' && first) {
    const between = new Date((sentAt.getTime() + answeredAt.getTime()) / 2)
    tell(story, between, (file) => decline(file, first, { reason: random.pick(['no_capacity', 'too_far'] as const) }))
  }
  tell(story, answeredAt, (file) => accept(file, carer))
  return carer
}

/** The patient hears who accepted, sometimes at the second call. */
export function tellPatient(story: SearchStory): void {
  const { coordinator, random } = story
  if (random.chance(0.4)) {
    const made = {
      channel: 'phone',
      result: random.pick(['no-answer', 'voicemail'] as const),
      with: 'patient',
    } as const
    tell(story, wait(story, 1, 8), (file) => attempt(file, coordinator, { ...made, note: random.pick(attemptNotes) }))
  }
  tell(story, wait(story, 1, 20), (file) =>
    moveSearch(file, coordinator, { action: 'tell-patient', toldAt: file.deps.now().toISOString(), agreed: true }),
  )
}

/** A first visit is booked for an hour; who books it is the doctor's account or the coordination. */
export function tellVisit(story: SearchStory, carer: DemoCarer, visitAt: Date): void {
  const actor = carer.actor ?? story.coordinator
  tell(story, wait(story, 1, 24), (file) =>
    moveSearch(file, actor, { action: 'book-visit', visitAt: visitAt.toISOString() }),
  )
}

/** The doctor gives the patient back: the place returns and the search goes on. */
export function tellRelease(story: SearchStory, carer: DemoCarer): void {
  const reason = story.random.pick(['fit', 'patient_choice', 'no_capacity'] as const)
  tell(story, wait(story, 24, 120), (file) => release(file, carer, { reason }))
}

/** The first visit takes place and the form is signed. */
export function tellDeclaration(story: SearchStory, carer: DemoCarer, visitAt: Date): void {
  const { world, random, coordinator } = story
  const at = world.clock.later(visitAt, 0.5, 90, random)
  const declaredAt = world.clock.dayOf(visitAt)
  const actor = carer.actor ?? coordinator
  const attestedBy = carer.actor ? 'practitioner' : random.pick(['patient', 'practitioner', 'insurer'] as const)
  tell(story, at, (file) => moveSearch(file, actor, { action: 'declare', declaredAt, attestedBy }))
}
