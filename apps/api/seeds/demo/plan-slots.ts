import { DayDate } from '@maillage/contracts/kit/dates'
import type { PublishSlotSeries } from '@maillage/contracts/slots/slots'
import { publishSlotSeries } from '../../src/features/slots/publish-slots.ts'
import { findFreeSlots } from '../../src/features/unscheduled-care/slots/find-free-slots.ts'
import { caseIdOf, moveCare } from './stories/care-file.ts'
import type { CareOpening } from './stories/care-opening.ts'
import { triagedCare } from './stories/care-present.ts'
import { carerOf } from './stories/choose-carer.ts'
import { type DemoWorld, newStory, type Story, tell } from './stories/story.ts'

type Rule = Omit<PublishSlotSeries, 'from' | 'excluded' | 'onClosedDays' | 'everyWeeks' | 'capacity'>

/** When the people whose accounts are shown keep time: late afternoons, late mornings, home visits at noon. */
const rules: readonly { account: string; rule: Rule }[] = [
  {
    account: 'medecin',
    rule: {
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      time: '17:30',
      durationMinutes: 20,
      count: 2,
      mode: 'practice',
      visibility: ['SNP', 'CPTS'],
    },
  },
  {
    account: 'medecin2',
    rule: {
      days: ['tue', 'thu', 'sat'],
      time: '11:00',
      durationMinutes: 15,
      count: 3,
      mode: 'practice',
      visibility: ['SNP', 'CPTS', 'PRO'],
    },
  },
  {
    account: 'infirmiere',
    rule: {
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
      time: '12:30',
      durationMinutes: 30,
      count: 2,
      mode: 'home',
      visibility: ['SNP', 'CPTS', 'PRO', 'PUBLIC'],
    },
  },
]

/** Slots that come again each week since ten days, and a few requests placed in them. */
export function presentSlots(world: DemoWorld): Story[] {
  if (!world.directory.some(({ account }) => account === 'infirmiere')) return []
  return [
    tellPublications(world),
    bookedInSlot(world, 130, { profession: 'physician' }),
    bookedInSlot(world, 95, { profession: 'physician' }),
    bookedInSlot(world, 70, { profession: 'nurse' }),
  ]
}

function tellPublications(world: DemoWorld): Story {
  const story = newStory(world, 'unscheduled-care', world.clock.at(-10, 9))
  for (const { account, rule } of rules) {
    const { id, actor } = carerOf(story, account)
    const from = DayDate.parse(world.clock.dayOf(story.at))
    const asked = { ...rule, from, excluded: [], onClosedDays: false, everyWeeks: 1, capacity: 1 }
    tell(story, story.at, ({ deps }) => publishSlotSeries(deps, actor ?? story.coordinator, id, asked), 'alone')
  }
  return story
}

/** Placed by the desk in the first slot that the screen offers. */
function bookedInSlot(world: DemoWorld, minutes: number, opening: CareOpening): Story {
  const story = triagedCare(world, minutes, { ...opening, level: 'U3' })
  const at = new Date(story.at.getTime() + 4 * 60_000)
  tell(story, at, async (file) => {
    const { items } = await findFreeSlots(file.deps, story.coordinator, caseIdOf(story))
    const [first] = items
    if (!first) return
    const { id: slotId, startsAt: appointmentAt, practitioner } = first
    await moveCare(file, story.coordinator, { action: 'book', practitionerId: practitioner.id, appointmentAt, slotId })
  })
  return story
}
