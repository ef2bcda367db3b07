import type { CaseId } from '@maillage/contracts/kit/ids'
import type { FreeSlot, FreeSlots, SlotHold } from '@maillage/contracts/slots/care-slots'
import type { Actor } from '../../../kernel/actor.ts'
import { loadCalendar } from '../../../kernel/calendar.store.ts'
import { getCase } from '../../../kernel/case.store.ts'
import type { Deps } from '../../../kernel/context.ts'
import { distanceKm } from '../../../kernel/practitioners/distance.ts'
import { settingOf } from '../../../kernel/settings/setting.store.ts'
import { findHeld, loadsOf } from '../../../kernel/slots/slot.store.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { careDeadline } from '../unscheduled-care.deadlines.ts'
import { unscheduledCareMachine } from '../unscheduled-care.machine.ts'
import { getCareRow } from '../unscheduled-care.store.ts'
import { findSlot, listOpenSlots, type OpenSlot, placeOf } from './free-slot.store.ts'
import { type RankedSlot, rankSlots } from './rank-slots.ts'
import { visibleSlots } from './visible-slots.ts'

/** How many are offered: a list that is read while phoning. */
const shown = 12
/** Past the deadline the search goes on, over a week-end: somebody seen late is better than nobody. */
const aheadMs = 4 * 24 * 3_600_000

/** May a place still be taken for a case in this status? The line of the machine says so. */
export const mayTakePlace = ({ status }: Pick<CaseRow, 'status'>): boolean =>
  unscheduledCareMachine.book.from.some((from) => from === status)

/** The slots that are free for a request, the best first, and the one kept aside for it. */
export function findFreeSlots(deps: Deps, actor: Actor, id: CaseId): Promise<FreeSlots> {
  return deps.db.read(actor.cptsId, async (db) => {
    const row = await getCase(db, actor, { id, kind: 'unscheduled-care' })
    return describeFreeSlots(db, actor, row, deps.now())
  })
}

/** The same for a case already read: what a hold answers. */
export async function describeFreeSlots(db: Db, actor: Actor, row: CaseRow, now: Date): Promise<FreeSlots> {
  const care = await getCareRow(db, row)
  const isOpen = mayTakePlace(row)
  const mayBook = isOpen && actor.role === 'coordinator'
  const { mode, profession, level } = care
  if (!isOpen || !mode || !profession || !level) return { wantedBefore: null, hold: null, items: [], mayBook }
  const calendar = await loadCalendar(db, actor.cptsId)
  const { timeZone } = calendar
  const wantedBefore = careDeadline(level, row.clockStartedAt, calendar)
  const visibility = visibleSlots(actor)
  const until = new Date(Math.max(wantedBefore.getTime(), now.getTime() + aheadMs))
  const wanted = { now, until, profession, mode, caseId: row.id, visibility, timeZone }
  const slots = await listOpenSlots(db, actor.cptsId, wanted)
  const from = await placeOf(db, row.municipalityCode)
  const ids = [...new Set(slots.map(({ practitioner }) => practitioner.id))]
  const loadOf = await loadsOf(db, actor.cptsId, ids, { now, timeZone })
  const ranked = rankSlots(slots, {
    caseId: row.id,
    timeZone,
    wantedBefore,
    isRemote: mode === 'tele',
    distanceOf: ({ place }) => distanceKm(from, place),
    loadOf,
    weekCap: await settingOf(db, actor.cptsId, 'slot-week-cap'),
  })
  const items = ranked.slice(0, shown).map(onWire)
  return { wantedBefore: wantedBefore.toISOString(), hold: await holdOf(db, actor, row, now), items, mayBook }
}

async function holdOf(db: Db, actor: Actor, row: CaseRow, now: Date): Promise<SlotHold | null> {
  const held = await findHeld(db, row, now)
  const slot = held && (await findSlot(db, actor.cptsId, held.slotId, visibleSlots(actor)))
  if (!held || !slot) return null
  const heldByName = actor.role === 'coordinator' ? held.heldByName : null
  return { slot: slotOnWire(slot), heldUntil: held.heldUntil.toISOString(), heldByName }
}

const slotOnWire = ({ id, startsAt, endsAt, mode, practitioner }: OpenSlot): SlotHold['slot'] => ({
  id,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  mode,
  practitioner,
})

const onWire = ({ slot, distanceKm: distance, reasons }: RankedSlot): FreeSlot => ({
  ...slotOnWire(slot),
  placesLeft: slot.placesLeft,
  distanceKm: distance,
  reasons,
})
