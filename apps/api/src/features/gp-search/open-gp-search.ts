import type { OpenGpSearch } from '@maillage/contracts/gp-search'
import type { CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import { type Actor, systemActor } from '../../kernel/actor.ts'
import { linkCases } from '../../kernel/case.store.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { insertCase, resolvePatient, settleOpening } from '../../kernel/open-case.ts'
import { openCasesOf, type PatientRow } from '../../kernel/patients/patient.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { insertSearch } from './gp-search.store.ts'
import { joinHousehold, openSearchesWith } from './household/household.store.ts'
import { priorityOf } from './score-search.ts'
import { searchBeginning } from './search-beginning.ts'

/** Opens a search for a médecin traitant, for one person or for a household sought together. */
export async function openGpSearch(deps: Deps, actor: Actor, input: OpenGpSearch): Promise<CaseRow> {
  if (input.submit && !input.consent) throw invalidField('/consent', 'required')
  return await act(deps, actor, (tx, context) => openGpSearchIn(tx, context, input))
}

/** What a line of an older list says; who imports it, by which channel and what for is known. */
export type ImportedGpSearch = Pick<OpenGpSearch, 'patient' | 'details' | 'registeredAt' | 'consent'>

/**
 * Opens a search for somebody who stood on a list kept before: by the system, submitted, with the consent that the list
 * tells, often none, since it was given to whoever kept the list. No request reaches this door, and a look-alike is
 * flagged for the coordinators rather than refused.
 */
export function openImportedGpSearch(
  deps: Deps,
  cptsId: CptsId,
  input: ImportedGpSearch,
  /** Written with the case or not at all: which line of which list it came from. */
  keepTrace: (tx: Db, row: CaseRow) => Promise<void> = () => Promise.resolve(),
): Promise<CaseRow> {
  const { patient, details, registeredAt, consent } = input
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const opening = { patient, details, registeredAt, consent, channel: 'import', submit: true } as const
    const row = await openGpSearchIn(tx, context, opening)
    await keepTrace(tx, row)
    return row
  })
}

/** The same within a transaction already open: for whoever asks for themselves, on the public pages. */
export async function openGpSearchIn(tx: Db, context: Context, input: OpenGpSearch): Promise<CaseRow> {
  const registeredAt = input.registeredAt ? new Date(input.registeredAt) : context.now
  if (registeredAt > context.now) throw invalidField('/registeredAt', 'future')
  const who = await resolvePatient(tx, context, input.patient, input.confirmNotDuplicate ?? false)
  const { patient } = who
  if (!who.isNew) await refuseSecondSearch(tx, context, patient)
  const members = await resolveMembers(tx, context, patient, input.household ?? [])
  const memberIds = members.map(({ patientId }) => patientId)
  if (members.length > 0) {
    await refuseSearching(tx, context, memberIds)
    await joinHousehold(tx, context, patient, memberIds)
  }
  const people = [{ birthDate: patient.birthDate, details: input.details }, ...members]
  const row = await insertCase(tx, context, {
    ...searchBeginning(
      context,
      input.submit ? 'submitted' : 'draft',
      priorityOf(context, { channel: input.channel, registeredAt, hasLinkedDischarge: false }, people),
    ),
    patient,
    lookAlike: who.lookAlike,
    channel: input.channel,
    consent: input.consent,
    registeredAt,
    householdSize: people.length,
  })
  await insertSearch(
    tx,
    row,
    input.details,
    members.map(({ patientId, details }) => ({ patientId, details })),
  )
  return settleOpening(tx, context, row, 'open')
}

async function refuseSecondSearch(tx: Db, context: Context, patient: PatientRow): Promise<void> {
  const open = await openSearchesWith(tx, context.actor.cptsId, [patient.id])
  if (open.length > 0) throw problem('already-open', { allowed: open.map(({ reference }) => reference) })
}

/** A member who searches already joins with their search, so that it is not forgotten. */
async function refuseSearching(tx: Db, context: Context, ids: readonly PatientId[]): Promise<void> {
  const open = await openSearchesWith(tx, context.actor.cptsId, ids)
  if (open.length > 0) throw problem('already-open', { allowed: open.map(({ reference }) => reference) })
}

async function resolveMembers(
  tx: Db,
  context: Context,
  sought: PatientRow,
  household: NonNullable<OpenGpSearch['household']>,
) {
  const members: { patientId: PatientId; details: OpenGpSearch['details']; birthDate: PatientRow['birthDate'] }[] = []
  // One after the other: each look-up runs on the transaction's single connection.
  for (const [index, member] of household.entries()) {
    const { patient } = await resolvePatient(tx, context, member.patient, true)
    const isRepeated = [sought.id, ...members.map(({ patientId }) => patientId)].includes(patient.id)
    if (isRepeated) throw invalidField(`/household/${index}/patient/id`, 'repeated')
    members.push({ patientId: patient.id, details: member.details, birthDate: patient.birthDate })
  }
  return members
}

/**
 * The search that a discharge or an unscheduled visit opens for a patient without médecin traitant: submitted, linked,
 * with the points of a discharge. A search that is open already is linked instead.
 */
export async function openGpSearchFrom(
  tx: Db,
  context: Context,
  other: CaseRow,
  patient: PatientRow,
): Promise<CaseRow> {
  const [known] = await openCasesOf(tx, context, patient.id, 'gp-search')
  if (known) {
    await linkCases(tx, known, other, context.now)
    return known
  }
  const details = {}
  const search = {
    channel: other.channel,
    registeredAt: context.now,
    hasLinkedDischarge: other.kind === 'hospital-discharge',
  }
  const row = await insertCase(tx, context, {
    ...searchBeginning(context, 'submitted', priorityOf(context, search, [{ birthDate: patient.birthDate, details }])),
    patient,
    lookAlike: false,
    channel: other.channel,
    consent: other.consent ?? undefined,
  })
  await insertSearch(tx, row, details, [])
  await linkCases(tx, row, other, context.now)
  return settleOpening(tx, context, row, 'open')
}
