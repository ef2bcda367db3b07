import { bands, type CaseHeader } from '@maillage/contracts/cases'
import { and, desc, eq, ne, sql } from 'drizzle-orm'
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

type Neighbours = Pick<CaseHeader, 'linkedCases' | 'patientCases'>

/**
 * The cases of the same story and those of the same patient, in one read. They are told to coordinators alone: a
 * practitioner or a ward takes part in one case, not in its neighbours.
 */
async function neighboursOf(db: Db, actor: Actor, row: CaseRow): Promise<Neighbours> {
  if (actor.role !== 'coordinator') return { linkedCases: [], patientCases: [] }
  const tied = sql`select ${caseLinks.linkedCaseId} from ${caseLinks}
      where ${caseLinks.cptsId} = ${row.cptsId} and ${caseLinks.caseId} = ${row.id}
    union all select ${caseLinks.caseId} from ${caseLinks}
      where ${caseLinks.cptsId} = ${row.cptsId} and ${caseLinks.linkedCaseId} = ${row.id}`
  const found = await db
    .select({
      id: cases.id,
      kind: cases.kind,
      reference: cases.reference,
      status: cases.status,
      bandRank: cases.bandRank,
      isTied: sql<boolean>`${cases.id} in (${tied})`,
    })
    .from(cases)
    .where(
      and(
        eq(cases.cptsId, row.cptsId),
        ne(cases.id, row.id),
        sql`${cases.id} in (${tied} union all select same.id from ${cases} same
          where same.cpts_id = ${row.cptsId} and same.patient_id = ${row.patientId})`,
      ),
    )
    .orderBy(desc(cases.openedAt), desc(cases.id))
  const told = found.map(({ bandRank, ...one }) => ({ ...one, band: bands[bandRank - 1] ?? 'P4' }))
  return {
    linkedCases: told.filter(({ isTied }) => isTied).map(({ isTied: _tied, ...one }) => one),
    patientCases: told.filter(({ isTied }) => !isTied).map(({ isTied: _tied, ...one }) => one),
  }
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
    ...(await neighboursOf(db, actor, row)),
    allowedActions: allowedActions(kinds[row.kind].machine, row.status, asker),
    version: row.version,
  }
}
