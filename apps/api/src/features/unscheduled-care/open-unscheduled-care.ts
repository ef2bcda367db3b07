import type { UnitId } from '@maillage/contracts/kit/ids'
import type { CaseSubject } from '@maillage/contracts/patients'
import { type OpenUnscheduledCare, type RedFlag, redFlags } from '@maillage/contracts/unscheduled-care'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { insertCase, type Opening, resolvePatient, settleOpening } from '../../kernel/open-case.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField } from '../../platform/problem-error.ts'
import { priorityOf } from './score-care.ts'
import { unscheduledCareDeadline } from './unscheduled-care.deadlines.ts'
import { insertCare } from './unscheduled-care.store.ts'

/** Opens a request for unscheduled care. The signs that send to the 15 are judged before anything else is asked. */
export function openUnscheduledCare(deps: Deps, actor: Actor, input: OpenUnscheduledCare): Promise<CaseRow> {
  const flags = redFlags.filter((flag) => input.redFlags[flag])
  return act(deps, actor, (tx, context) =>
    flags.length > 0 ? redirectAtOnce(tx, context, input, flags) : submit(tx, context, input),
  )
}

const kind = 'unscheduled-care'

async function submit(tx: Db, context: Context, input: OpenUnscheduledCare): Promise<CaseRow> {
  if (!input.consent) throw invalidField('/consent', 'required')
  const unitId = wardOf(context.actor, input.unitId)
  const who = await resolvePatient(tx, context, input.patient, input.confirmNotDuplicate ?? false)
  // « Peut attendre 48 h » is kept as the level that the requester gave: only the triage makes it count for the band.
  const asked = { level: input.requestedLevel ?? null, basis: input.requestedLevel ? ('requester' as const) : null }
  const row = await insertCase(tx, context, {
    ...header(context, input, unitId),
    patient: who.patient,
    lookAlike: who.lookAlike,
    status: 'submitted',
    deadline: unscheduledCareDeadline(
      { status: 'submitted', level: asked.level, clockStartedAt: context.now, appointmentAt: null, firstExpiry: null },
      context.calendar,
    ),
    consent: input.consent,
  })
  await insertCare(tx, row, { details: input.details, ...asked })
  return settleOpening(tx, context, row, 'open')
}

/**
 * A red flag: the numbers to call are the answer. Only what lets somebody call back is kept, no look-alike stops it and
 * no consent is asked: nobody fills in a form while the 15 is waiting.
 */
async function redirectAtOnce(
  tx: Db,
  context: Context,
  input: OpenUnscheduledCare,
  flags: RedFlag[],
): Promise<CaseRow> {
  const { patient } = await resolvePatient(tx, context, leastIdentity(input.patient), true)
  const row = await insertCase(tx, context, {
    ...header(context, input, input.unitId ?? context.actor.unitIds[0]),
    patient,
    lookAlike: false,
    status: 'redirected',
    deadline: null,
    consent: input.consent,
    patch: { isOpen: false, closedAt: context.now, statusReason: 'emergency_15' },
  })
  await insertCare(tx, row, { details: { reason: input.details.reason }, redFlags: flags })
  return settleOpening(tx, context, row, 'open')
}

function header(
  context: Context,
  { channel }: OpenUnscheduledCare,
  unitId: UnitId | undefined,
): Pick<Opening, 'kind' | 'priority' | 'channel' | 'unitId'> {
  const untriaged = { isTriaged: false, level: null, basis: null, clockStartedAt: context.now }
  const isOwnUnit = unitId !== undefined && context.actor.unitIds.includes(unitId)
  return { kind, priority: priorityOf(context, untriaged), channel, ...(isOwnUnit ? { unitId } : {}) }
}

/** Who it is, and where to call: no address, no e-mail, no other person. */
function leastIdentity(subject: CaseSubject): CaseSubject {
  if (!('birthName' in subject)) return subject
  const { birthName, lastName, firstName, birthDate, sex, phones, address } = subject
  return { birthName, lastName, firstName, birthDate, sex, phones, address: { municipality: address.municipality } }
}

/** The ward that follows the request: the caller's own, named when they work for several. */
function wardOf(actor: Actor, unitId: UnitId | undefined): UnitId | undefined {
  if (unitId !== undefined && !actor.unitIds.includes(unitId)) throw invalidField('/unitId', 'unknown')
  if (actor.role !== 'hospital_staff') return undefined
  const ward = unitId ?? (actor.unitIds.length === 1 ? actor.unitIds[0] : undefined)
  if (!ward) throw invalidField('/unitId', 'required')
  return ward
}
