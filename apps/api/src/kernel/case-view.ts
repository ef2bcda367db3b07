import type { CaseHeader } from '@maillage/contracts/cases'
import { and, eq, or } from 'drizzle-orm'
import type { Db } from '../platform/db/database.ts'
import { municipalities } from '../platform/reference.table.ts'
import type { Actor } from './actor.ts'
import { askerOn } from './case.store.ts'
import type { CaseKinds } from './context.ts'
import { allowedActions } from './machine.ts'
import { type CaseRow, caseLinks, cases } from './tables/case.table.ts'
import { accounts } from './tables/cpts.table.ts'
import { patients } from './tables/patient.table.ts'

const nameOf = async (db: Db, id: CaseRow['ownerId']) => {
  if (!id) return null
  const [account] = await db
    .select({ id: accounts.id, displayName: accounts.displayName })
    .from(accounts)
    .where(eq(accounts.id, id))
  return account ?? null
}

async function patientOf(db: Db, row: CaseRow): Promise<CaseHeader['patient']> {
  const [patient] = await db
    .select({
      id: patients.id,
      firstName: patients.firstName,
      lastName: patients.lastName,
      birthDate: patients.birthDate,
      sex: patients.sex,
      municipality: municipalities.name,
    })
    .from(patients)
    .innerJoin(municipalities, eq(municipalities.code, patients.municipalityCode))
    .where(and(eq(patients.cptsId, row.cptsId), eq(patients.id, row.patientId)))
  return patient ?? null
}

/** Linked cases are told to coordinators alone: a practitioner or a ward takes part in one case, not in its neighbours. */
async function linkedTo(db: Db, actor: Actor, row: CaseRow): Promise<CaseHeader['linkedCases']> {
  if (actor.role !== 'coordinator') return []
  return db
    .selectDistinct({ id: cases.id, kind: cases.kind, reference: cases.reference, status: cases.status })
    .from(caseLinks)
    .innerJoin(
      cases,
      and(
        eq(cases.cptsId, caseLinks.cptsId),
        or(
          and(eq(caseLinks.caseId, row.id), eq(cases.id, caseLinks.linkedCaseId)),
          and(eq(caseLinks.linkedCaseId, row.id), eq(cases.id, caseLinks.caseId)),
        ),
      ),
    )
    .where(eq(caseLinks.cptsId, row.cptsId))
}

/**
 * The header as this actor may read it, with what they may do. Contributions explain a priority to coordinators alone:
 * among them is the cover, for which no practitioner may decline.
 */
export async function describeCase(db: Db, actor: Actor, kinds: CaseKinds, row: CaseRow): Promise<CaseHeader> {
  const asker = await askerOn(db, actor, row.id)
  const isCoordinator = actor.role === 'coordinator'
  const { override: _kept, ...withoutOverride } = row.priority
  const requester = await nameOf(db, row.requesterId)
  return {
    id: row.id,
    reference: row.reference,
    kind: row.kind,
    status: row.status,
    statusReason: row.statusReason,
    openedAt: row.openedAt.toISOString(),
    registeredAt: row.registeredAt.toISOString(),
    channel: row.channel,
    priority: isCoordinator ? row.priority : { ...withoutOverride, contributions: [] },
    dueAt: row.dueAt?.toISOString() ?? null,
    dueCode: row.dueCode,
    owner: await nameOf(db, row.ownerId),
    requester: requester?.displayName ?? null,
    patient: await patientOf(db, row),
    linkedCases: await linkedTo(db, actor, row),
    allowedActions: allowedActions(kinds[row.kind].machine, row.status, asker),
    version: row.version,
  }
}
