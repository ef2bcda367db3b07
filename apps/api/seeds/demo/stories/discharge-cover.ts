import { type NeedType, needProfessions } from '@maillage/contracts/discharge-needs'
import { rescheduleHospitalDischarge } from '../../../src/features/hospital-discharge/reschedule-hospital-discharge.ts'
import { escalateDischarges } from '../../../src/features/hospital-discharge/watch/escalate-discharges.ts'
import { reconfirmProposal } from '../../../src/features/proposals/reconfirm-proposal.ts'
import type { DemoCarer } from '../directory.ts'
import { outsideServices } from '../invent/texts.ts'
import { accept, decline, proposalTo } from './answers.ts'
import { caseIdOf, headerOf, moveNeed, offer } from './care-file.ts'
import { carersFor } from './choose-carer.ts'
import { type DischargeStory, needIdOf } from './discharge-opening.ts'
import { tell, wait } from './story.ts'

const HOUR = 3_600_000

/** A need and who covers it. */
export interface Covered {
  type: NeedType
  carer: DemoCarer
}

/** Is there still time to find somebody before the discharge? */
const hasTime = ({ expectedAt }: DischargeStory, at: Date): boolean => expectedAt.getTime() - at.getTime() > 8 * HOUR

/** Marks a need as covered by a service that is in no directory. */
function tellOutside(story: DischargeStory, type: keyof typeof outsideServices): void {
  const { coordinator, expectedAt } = story
  const [by, phone] = outsideServices[type]
  const firstVisitAt = new Date(expectedAt.getTime() + 3 * HOUR).toISOString()
  tell(story, wait(story, 0.2, 3), async (file) =>
    moveNeed(file, coordinator, await needIdOf(file, type), {
      action: 'mark-covered-outside',
      by,
      phone,
      firstVisitAt,
    }),
  )
}

const isOutside = (type: NeedType): type is keyof typeof outsideServices => type in outsideServices

/** Finds somebody for a need, sometimes after a refusal; undefined when a service outside the directory covers it. */
export function tellCover(story: DischargeStory, type: NeedType): Covered | undefined {
  const sentAt = wait(story, 0.2, 4)
  if (!hasTime(story, sentAt)) return undefined
  const profession = needProfessions[type]
  if (isOutside(type) || !profession) {
    if (isOutside(type)) tellOutside(story, type)
    return undefined
  }
  const { coordinator, random, world, expectedAt } = story
  const carers = carersFor(story, profession, sentAt, random.chance(0.3) ? 2 : 1)
  const first = carers[0]
  const carer = carers.at(-1)
  if (!first || !carer) return undefined
  const mode = carers.length > 1 ? 'sequential' : 'direct'
  tell(story, sentAt, async (file) =>
    offer(file, coordinator, { mode, practitionerIds: carers.map(({ id }) => id), needId: await needIdOf(file, type) }),
  )
  if (first !== carer) {
    const reason = random.pick(['no_capacity', 'too_far', 'absence'] as const)
    tell(story, world.clock.soon(story.at, 8, 45, random), async (file) =>
      decline(file, first, { reason }, await needIdOf(file, type)),
    )
  }
  const firstVisitAt = new Date(expectedAt.getTime() + random.between(3, 44) * HOUR).toISOString()
  tell(story, world.clock.soon(story.at, 8, 70, random), async (file) =>
    accept(file, carer, { firstVisitAt }, await needIdOf(file, type)),
  )
  return { type, carer }
}

/** Asked of somebody who has not answered: they still can until the hours given from now are over. */
export function tellPending(
  story: DischargeStory,
  type: NeedType,
  carer: DemoCarer,
  at: Date,
  endsInHours: number,
): void {
  const expiresAt = new Date(story.world.clock.now.getTime() + endsInHours * HOUR).toISOString()
  tell(story, at, async (file) =>
    offer(file, story.coordinator, {
      mode: 'direct',
      practitionerIds: [carer.id],
      needId: await needIdOf(file, type),
      expiresAt,
    }),
  )
}

/** The date moves by days; whoever had accepted is asked again. */
export function tellReschedule(story: DischargeStory, days: number): void {
  const { ward, random } = story
  const expectedAt = new Date(story.expectedAt.getTime() + days * 24 * HOUR)
  const reason = random.pick(['medical', 'care_not_ready', 'transport', 'patient_request'] as const)
  story.expectedAt = expectedAt
  tell(story, wait(story, 0.5, 3), async (file) => {
    const { version } = await headerOf(file)
    const input = { id: caseIdOf(story), version, reason, expectedDischargeAt: expectedAt.toISOString() }
    await rescheduleHospitalDischarge(file.deps, ward.actor, input)
  })
}

/** They still come. */
export function tellReconfirmed(story: DischargeStory, { type, carer }: Covered): void {
  const { coordinator, world, random, expectedAt } = story
  const firstVisitAt = new Date(expectedAt.getTime() + random.between(3, 30) * HOUR).toISOString()
  const onBehalf = { channel: 'phone', spokenTo: carer.displayName } as const
  tell(story, world.clock.soon(story.at, 20, 90, random), async (file) => {
    const { id, version } = await proposalTo(file, { carer, needId: await needIdOf(file, type), status: 'accepted' })
    const voice = carer.actor ? {} : { onBehalf }
    await reconfirmProposal(file.deps, carer.actor ?? coordinator, {
      id,
      version,
      answer: 'confirmed',
      firstVisitAt,
      ...voice,
    })
  })
}

/** What the clock alone does to the discharges: alerts two days before, escalates twelve hours before. */
export function tellPassageOfTime(story: DischargeStory, at: Date): void {
  const { cptsId } = story.world
  tell(story, at, ({ deps }) => escalateDischarges(deps, cptsId), 'alone')
}
