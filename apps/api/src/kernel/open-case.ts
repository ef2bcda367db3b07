import type { CaseKindName, Channel, Consent, Priority } from '@maillage/contracts/cases'
import { dayIn } from '@maillage/contracts/kit/dates'
import type { PatientId, UnitId } from '@maillage/contracts/kit/ids'
import { CaseId, newId } from '@maillage/contracts/kit/ids'
import type { CaseSubject } from '@maillage/contracts/patients'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Db } from '../platform/db/database.ts'
import { queryRows } from '../platform/db/named-query.ts'
import { rowsOf } from '../platform/db/named-sql.ts'
import { namedByText, parameters, writtenRow } from '../platform/db/written-row.ts'
import { invalidField, problem } from '../platform/problem-error.ts'
import { municipalities } from '../platform/reference.table.ts'
import { clocksFrom } from './clocks.ts'
import type { Context } from './context.ts'
import type { Deadline } from './deadlines.ts'
import { findLookAlikes, type LookAlike } from './patients/look-alikes.ts'
import { insertPatient, type PatientRow, takePatient } from './patients/patient.store.ts'
import { rankOf } from './priority.ts'
import { recordTransition } from './record/record-transition.ts'
import { numbered } from './references.ts'
import { type CaseRow, caseParticipants, cases } from './tables/case.table.ts'
import { cptsMunicipalities } from './tables/cpts.table.ts'

/** Is this commune part of the CPTS's territory? */
export async function isInTerritory(tx: Db, context: Pick<Context, 'actor'>, municipality: string): Promise<boolean> {
  const [row] = await tx
    .select({ code: cptsMunicipalities.municipalityCode })
    .from(cptsMunicipalities)
    .where(
      and(eq(cptsMunicipalities.cptsId, context.actor.cptsId), eq(cptsMunicipalities.municipalityCode, municipality)),
    )
  return row !== undefined
}

const describeLookAlike = ({ patient, shared, score, openCases }: LookAlike) => ({
  patientId: patient.id,
  displayName: `${patient.firstName} ${patient.lastName}`,
  birthDate: patient.birthDate,
  municipality: patient.municipalityCode,
  sameTraits: shared,
  score,
  openCases,
})

/**
 * Who the case is about: a patient already known, or a new one. A coordinator is stopped by look-alikes (409) unless
 * they said it is somebody else, which nobody can say of who bears the same health number; for any other opener the case carries a flag: nobody outside learns who is on a list.
 */
export async function resolvePatient(
  tx: Db,
  context: Context,
  subject: CaseSubject,
  confirmNotDuplicate: boolean,
  sameNumber: readonly PatientId[] = [],
): Promise<{ patient: PatientRow; lookAlike: boolean; isNew: boolean }> {
  const seesEveryone = context.actor.role === 'coordinator' || context.actor.role === 'system'
  if (!('birthName' in subject)) {
    const patient = seesEveryone ? await takePatient(tx, context, subject.id) : undefined
    if (!patient) throw invalidField('/patient/id', 'unknown')
    return { patient, lookAlike: false, isNew: false }
  }
  await checkDescription(tx, context, subject)
  const isToCompare = !confirmNotDuplicate || sameNumber.length > 0
  const alike = isToCompare ? await findLookAlikes(tx, context, subject, sameNumber) : []
  if (alike.length > 0 && context.actor.role === 'coordinator') {
    throw problem('duplicate-suspected', { lookAlikes: alike.map(describeLookAlike) })
  }
  return { patient: await insertPatient(tx, context, subject), lookAlike: alike.length > 0, isNew: true }
}

async function checkDescription(
  tx: Db,
  context: Context,
  subject: { birthDate: string; address: { municipality: string } },
) {
  const today = dayIn(context.calendar.timeZone, context.now)
  if (subject.birthDate > today || subject.birthDate < '1900-01-01')
    throw invalidField('/patient/birthDate', 'out-of-range')
  const [known] = await tx
    .select({ code: municipalities.code })
    .from(municipalities)
    .where(eq(municipalities.code, subject.address.municipality))
  if (!known) throw invalidField('/patient/address/municipality', 'unknown')
}

export interface Opening {
  kind: CaseKindName
  status: string
  patient: PatientRow
  lookAlike: boolean
  priority: Priority
  channel: Channel
  consent?: z.infer<typeof Consent>
  /** What runs out first on a case just opened: nobody was asked yet, and no call is due. */
  deadline: Deadline | null
  registeredAt?: Date
  householdSize?: number
  /** The ward that opens it and follows it; else the account that opens it takes part as requester. */
  unitId?: UnitId
  patch?: Partial<typeof cases.$inferInsert>
}

const { toRow } = rowsOf(cases)

/** Writes the header of a new case and who takes part in it. The slice writes its own row, then calls `settleOpening`. */
export async function insertCase(tx: Db, context: Context, opening: Opening): Promise<CaseRow> {
  const { actor, now, calendar, kinds } = context
  const year = Number(dayIn(calendar.timeZone, now).slice(0, 4))
  const written = writtenRow(cases, {
    cptsId: actor.cptsId,
    id: newId(CaseId),
    kind: opening.kind,
    status: opening.status,
    bandRank: rankOf(opening.priority.band),
    score: opening.priority.score,
    priority: opening.priority,
    ...clocksFrom(opening.deadline),
    openedAt: now,
    registeredAt: opening.registeredAt ?? now,
    statusSince: now,
    clockStartedAt: now,
    patientId: opening.patient.id,
    householdSize: opening.householdSize ?? 1,
    municipalityCode: opening.patient.municipalityCode,
    ownerId: actor.role === 'coordinator' ? actor.accountId : null,
    requesterId: actor.accountId,
    channel: opening.channel,
    consent: opening.consent,
    lookAlike: opening.lookAlike,
    updatedAt: now,
    ...opening.patch,
  })
  const names = written.names.join(', ')
  const text = `${numbered} insert into cases (reference, ${names})
    select reference, ${parameters(written, 4)} from numbered returning *`
  const values = [actor.cptsId, kinds[opening.kind].referencePrefix, year, ...written.values]
  const [found] = await queryRows<Record<string, unknown>>(tx, namedByText(text, values))
  if (!found) throw new Error('An inserted case came back empty')
  const row = toRow(found)
  await joinOpener(tx, context, row, opening.unitId)
  return row
}

async function joinOpener(tx: Db, context: Context, row: CaseRow, unitId: UnitId | undefined): Promise<void> {
  const { actor, now } = context
  const part = { cptsId: row.cptsId, caseId: row.id, since: now }
  if (unitId) await tx.insert(caseParticipants).values({ ...part, id: crypto.randomUUID(), part: 'ward', unitId })
  else if (actor.accountId && actor.role !== 'coordinator') {
    await tx
      .insert(caseParticipants)
      .values({ ...part, id: crypto.randomUUID(), part: 'requester', accountId: actor.accountId })
  }
}

/** Ends an opening once the slice wrote its row: story, audit, outbox. */
export async function settleOpening(tx: Db, context: Context, row: CaseRow, action: string): Promise<CaseRow> {
  // A list is not acknowledged line by line: its people asked elsewhere.
  const topic = row.channel === 'import' ? undefined : 'case-opened'
  await recordTransition(tx, context, row, { action, from: null, to: row.status, topic })
  return row
}
