import { type DayDate, dayIn } from '@maillage/contracts/kit/dates'
import { newRowId, type PractitionerId } from '@maillage/contracts/kit/ids'
import type { Absence, NewAbsence, NewReplacement, Replacement } from '@maillage/contracts/practitioners'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { hasAbsenceWithin, insertAbsence } from './absence.store.ts'
import { noteDeclaration } from './noted/noted-declaration.store.ts'
import { declaring, demandMayDeclare } from './own-entry.ts'
import { findEntry, lockPractitioner } from './practitioner.store.ts'

/**
 * Declares an absence, both days included, in the calendar of the CPTS: nothing is proposed meanwhile. Days already
 * covered are refused, or two people could stand in for one. A coordinator declares it on somebody's behalf.
 */
export function addAbsence(
  deps: Deps,
  actor: Actor,
  practitionerId: PractitionerId,
  { from, until, replacement: given, onBehalf }: NewAbsence,
): Promise<Absence> {
  return act(deps, actor, async (tx, context) => {
    const { now, calendar } = context
    // As they stand under lock: a delegation that ended meanwhile is worth nothing here.
    await lockOwnDays(tx, context.actor, practitionerId)
    demandDays(from, until, dayIn(calendar.timeZone, now))
    if (await hasAbsenceWithin(tx, actor.cptsId, practitionerId, { from, until })) throw problem('absence-overlaps')
    const replacement = given ? await findReplacement(tx, actor, practitionerId, given) : null
    const id = newRowId()
    await insertAbsence(tx, {
      cptsId: actor.cptsId,
      id,
      practitionerId,
      fromDay: from,
      untilDay: until,
      ...columnsOf(replacement),
    })
    await recordAudit(tx, declaring(actor, practitionerId), {
      action: `practitioner.add-absence ${practitionerId}`,
      at: now,
    })
    await noteDeclaration(tx, context, practitionerId, { what: 'absence-added', from, until }, onBehalf)
    return { id, from, until, replacement }
  })
}

/** 403 for anybody else's days; the entry is locked, so that two absences at once see each other. */
async function lockOwnDays(tx: Db, actor: Actor, id: PractitionerId): Promise<void> {
  demandMayDeclare(actor, id)
  if (!(await lockPractitioner(tx, actor.cptsId, id))) throw problem('not-found')
}

function demandDays(from: DayDate, until: DayDate, today: DayDate): void {
  if (until < from) throw invalidField('/until', 'before-start')
  if (until < today) throw invalidField('/until', 'past')
}

/** Somebody else of the directory who is still in it, or a name as it was given. */
async function findReplacement(
  tx: Db,
  actor: Actor,
  away: PractitionerId,
  given: NewReplacement,
): Promise<Replacement> {
  if (!('practitionerId' in given)) return { practitionerId: null, name: given.name, phone: given.phone ?? null }
  const { practitionerId } = given
  if (practitionerId === away) throw invalidField('/replacement/practitionerId', 'oneself')
  const entry = await findEntry(tx, actor.cptsId, practitionerId)
  if (!entry || entry.goneAt) throw invalidField('/replacement/practitionerId', 'unknown')
  return { practitionerId, name: entry.displayName, phone: entry.practicePhone }
}

const columnsOf = (replacement: Replacement | null) => {
  if (!replacement) return {}
  const { practitionerId, name, phone } = replacement
  return practitionerId ? { replacementId: practitionerId } : { replacementName: name, replacementPhone: phone }
}
