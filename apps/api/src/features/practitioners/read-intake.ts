import { dayIn } from '@maillage/contracts/kit/dates'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import type { Absence, IntakeCapacity, NotedDeclaration } from '@maillage/contracts/practitioners'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { listAbsences } from './absence.store.ts'
import { describeCapacity, findCapacity } from './intake.store.ts'
import { listNotedDeclarations } from './noted/noted-declaration.store.ts'
import { demandOwnEntry } from './own-entry.ts'

/** Reads what a practitioner declared of their places. */
export function readCapacity(deps: Deps, actor: Actor, id: PractitionerId): Promise<IntakeCapacity> {
  return deps.db.read(actor.cptsId, async (db) => {
    await demandOwnEntry(db, actor, id)
    return describeCapacity(db, id, await findCapacity(db, actor.cptsId, id))
  })
}

/** The absences of a practitioner that are not over. */
export function readAbsences(deps: Deps, actor: Actor, id: PractitionerId): Promise<Absence[]> {
  return deps.db.read(actor.cptsId, async (db) => {
    await demandOwnEntry(db, actor, id)
    const { timeZone } = await loadCalendar(db, actor.cptsId)
    return listAbsences(db, actor.cptsId, id, dayIn(timeZone, deps.now()))
  })
}

/** What others declared in a practitioner's name. */
export function readNotedDeclarations(deps: Deps, actor: Actor, id: PractitionerId): Promise<NotedDeclaration[]> {
  return deps.db.read(actor.cptsId, async (db) => {
    await demandOwnEntry(db, actor, id)
    return listNotedDeclarations(db, actor.cptsId, id)
  })
}
