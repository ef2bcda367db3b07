import type { OpenHospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { NeedId, newId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { insertCase, isInTerritory, resolvePatient, settleOpening } from '../../kernel/open-case.ts'
import { readGivenNumber } from '../../kernel/patients/given-number.ts'
import { openCasesOf } from '../../kernel/patients/patient.store.ts'
import type { IdentityDeps } from '../../kernel/patients/patient-identity.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { checkDetails, checkNeeds, demandSubmittable } from './discharge-checks.ts'
import { coverageOf, isUncovered } from './discharge-need.machine.ts'
import { findReceiver } from './find-receiver.ts'
import { hospitalDischargeDeadline } from './hospital-discharge.deadlines.ts'
import { insertDischarge, insertNeeds, unitsOf } from './hospital-discharge.store.ts'
import { priorityOf } from './settle-discharge.ts'

/** The case, and the hat under which it was opened: a ward's patient may live in the territory of its other CPTS. */
export interface OpenedDischarge {
  row: CaseRow
  actor: Actor
}

/** Opens a discharge in the CPTS of the stay's commune, among those that the ward belongs to. */
export async function openHospitalDischarge(
  deps: Deps,
  actor: Actor,
  input: OpenHospitalDischarge,
  identities?: IdentityDeps,
): Promise<OpenedDischarge> {
  if (actor.role === 'hospital_staff' && !actor.unitIds.includes(input.details.unitId))
    throw invalidField('/details/unitId', 'unknown')
  const received = actor.role === 'hospital_staff' ? await findReceiver(deps.db, actor, input) : { actor, input }
  const row = await act(deps, received.actor, (tx, context) => openIn(tx, context, received.input, identities))
  return { row, actor: received.actor }
}

async function openIn(
  tx: Db,
  context: Context,
  input: OpenHospitalDischarge,
  identities: IdentityDeps | undefined,
): Promise<CaseRow> {
  const { details, needs } = input
  if (input.submit) demandSubmittable(details, needs.length, input.consent)
  await checkOpening(tx, context, input)
  const health = await readGivenNumber(tx, context, input.nationalHealthId, identities)
  const who = await resolvePatient(tx, context, input.patient, input.confirmNotDuplicate ?? false, health?.bearers)
  const { patient } = who
  if (!(await isInTerritory(tx, context, patient.municipalityCode))) throw notCovered(input)
  const open = who.isNew ? [] : await openCasesOf(tx, context, patient.id, 'hospital-discharge')
  if (open.length > 0) throw problem('already-open', { allowed: open.map(({ reference }) => reference) })
  const asked = needs.map((need) => ({ ...need, id: newId(NeedId), status: 'open' as const }))
  const expected = { expectedDischargeAt: new Date(details.expectedDischargeAt), actualDischargeAt: null }
  const status = input.submit ? 'submitted' : 'draft'
  const clock = { clockStartedAt: context.now, statusSince: context.now, hasUncoveredNeed: asked.some(isUncovered) }
  const row = await insertCase(tx, context, {
    kind: 'hospital-discharge',
    status,
    patient,
    lookAlike: who.lookAlike,
    deadline: hospitalDischargeDeadline({ status, ...expected, ...clock, firstAnswerDue: null }, context.calendar),
    priority: priorityOf(context, { ...expected, details, needs: asked }),
    channel: input.channel,
    consent: input.consent,
    unitId: details.unitId,
    patch: { coverage: coverageOf(asked) },
  })
  await insertDischarge(tx, row, details)
  await health?.keepFor(patient.id)
  await insertNeeds(tx, row, asked)
  if (input.submit) await seekGp(tx, context, row, details)
  return settleOpening(tx, context, row, 'open')
}

async function checkOpening(tx: Db, context: Context, { details, needs }: OpenHospitalDischarge): Promise<void> {
  if (!(await unitsOf(tx, context.actor.cptsId, [details.unitId])).has(details.unitId))
    throw invalidField('/details/unitId', 'unknown')
  if (new Date(details.expectedDischargeAt) < context.now) throw invalidField('/details/expectedDischargeAt', 'past')
  await checkDetails(tx, context.actor.cptsId, details)
  await checkNeeds(tx, context.actor.cptsId, needs)
}

/** 422 with the field that says where the stay is. */
const notCovered = ({ patient }: OpenHospitalDischarge) =>
  problem('municipality-not-covered', {
    errors: [{ pointer: 'id' in patient ? '/patient/id' : '/patient/address/municipality', code: 'not-covered' }],
  })

/** A patient without médecin traitant gets a search, linked to the discharge, in the same transaction. */
export async function seekGp(tx: Db, context: Context, row: CaseRow, { hasGp }: { hasGp: boolean }): Promise<void> {
  if (!hasGp) await context.kinds['gp-search'].openFrom?.(tx, context, row)
}
