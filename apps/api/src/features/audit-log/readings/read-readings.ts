import type { CaseKindName } from '@maillage/contracts/cases'
import { DayDate, dayIn } from '@maillage/contracts/kit/dates'
import type { CaseId, PatientId } from '@maillage/contracts/kit/ids'
import { type Readings, type ReadingsQuery, ReadingWay } from '@maillage/contracts/trail/readings'
import { and, eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Actor } from '../../../kernel/actor.ts'
import { loadCalendar } from '../../../kernel/calendar.store.ts'
import type { Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import { settingOf } from '../../../kernel/settings/setting.store.ts'
import { cases } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts'
import { problem } from '../../../platform/problem-error.ts'
import { type AfterReading, listLatest, listMembers, listReadings, listSubjects } from './subject-readings.store.ts'
import { nobody, toldBySubject } from './told-by-subject.ts'

const Keys = z.tuple([DayDate, z.iso.datetime(), z.uuid(), z.string().max(40), ReadingWay, z.uuid()])

/**
 * « Qui a consulté ce dossier ? », by its reference: for the coordination and for whoever runs the CPTS, who is told no
 * name of a patient here either. Asking leaves its own line of the trail.
 */
export function readReadings(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  { reference, of, lists, limit, cursor }: ReadingsQuery,
): Promise<Readings> {
  // Refused before anything is read: what we did not write is no page of ours.
  const after: AfterReading | undefined = cursor === undefined ? undefined : decodeCursor(cursor, Keys)
  const { cptsId } = actor
  return deps.db.read(cptsId, async (db) => {
    const found = await findCase(db, cptsId, reference)
    if (!found) throw problem('not-found')
    const { timeZone } = await loadCalendar(db, cptsId)
    const subjects = await listSubjects(db, cptsId, found.id, of === 'patient')
    const lines = await listLatest(db, cptsId, subjects)
    const membersOf = await listMembers(db, cptsId, lines)
    const told = toldBySubject(lines, { dayOf: (at) => dayIn(timeZone, at), membersOf })
    const latest = told.filter(({ subjectId }) => subjects.includes(subjectId))
    const rows = await listReadings(db, cptsId, subjects, {
      latest,
      lists: lists === 'shown',
      limit: limit + 1,
      after,
    })
    await recordAudit(db, actor, {
      action: 'audit.read',
      at: deps.now(),
      caseId: found.id,
      patientId: found.patientId,
    })
    const page = toPage(
      rows,
      limit,
      ({ day, lastAt, actorId, role, way, onBehalfOf }) => [day, lastAt, actorId, role, way, onBehalfOf],
      ({ day, actorId, role, way, firstAt, lastAt, times, by, principal }) => ({
        day: DayDate.parse(day),
        // An account is never removed; one that another CPTS alone knows has its name all the same.
        by: actorId === nobody ? null : (by ?? ''),
        role,
        way: ReadingWay.parse(way),
        onBehalfOf: principal,
        firstAt,
        lastAt,
        times,
      }),
    )
    return { reference, kind: found.kind, keptMonths: await settingOf(db, cptsId, 'audit-months'), ...page }
  })
}

async function findCase(
  db: Db,
  cptsId: Actor['cptsId'],
  reference: string,
): Promise<{ id: CaseId; kind: CaseKindName; patientId: PatientId } | undefined> {
  const [found] = await db
    .select({ id: cases.id, kind: cases.kind, patientId: cases.patientId })
    .from(cases)
    .where(and(eq(cases.cptsId, cptsId), eq(cases.reference, reference)))
  return found
}
