import type {
  ChangeDischargeTemplate,
  DischargeTemplate,
  NewDischargeTemplate,
} from '@maillage/contracts/discharges/discharge-templates'
import type { TemplateId } from '@maillage/contracts/kit/ids'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import { organizationUnits } from '../../kernel/tables/cpts.table.ts'
import { isUniqueViolation } from '../../platform/db/connect.ts'
import type { Db } from '../../platform/db/database.ts'
import { dischargeTemplates } from './discharge-template.table.ts'

export type TemplateRow = typeof dischargeTemplates.$inferSelect

/** The templates of the actor's own units: what a row must be for them to know of it. */
const ownTo = ({ cptsId, unitIds }: Actor) =>
  and(
    eq(dischargeTemplates.cptsId, cptsId),
    unitIds.length > 0 ? inArray(dischargeTemplates.unitId, [...unitIds]) : sql`false`,
  )

/** The templates of the actor's wards, by name. */
export async function listTemplates(db: Db, actor: Actor): Promise<DischargeTemplate[]> {
  const rows = await db
    .select({ template: dischargeTemplates, unitName: organizationUnits.name })
    .from(dischargeTemplates)
    .innerJoin(
      organizationUnits,
      and(eq(organizationUnits.cptsId, dischargeTemplates.cptsId), eq(organizationUnits.id, dischargeTemplates.unitId)),
    )
    .where(ownTo(actor))
    .orderBy(asc(dischargeTemplates.name), asc(dischargeTemplates.id))
  return rows.map(({ template: { cptsId: _tenant, createdAt: _since, updatedAt, ...template }, unitName }) => ({
    ...template,
    unitName,
    updatedAt: updatedAt.toISOString(),
  }))
}

/** Takes one of the actor's own templates for a write; undefined when it is not theirs to know. */
export async function lockTemplate(tx: Db, actor: Actor, id: TemplateId): Promise<TemplateRow | undefined> {
  const [row] = await tx
    .select()
    .from(dischargeTemplates)
    .where(and(ownTo(actor), eq(dischargeTemplates.id, id)))
    .for('update')
  return row
}

/** False when the ward has a template of this name. */
export async function insertTemplate(
  tx: Db,
  cptsId: Actor['cptsId'],
  template: NewDischargeTemplate & { id: TemplateId },
  now: Date,
): Promise<boolean> {
  const rows = await tx
    .insert(dischargeTemplates)
    .values({ cptsId, ...template, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: dischargeTemplates.id })
  return rows.length > 0
}

const rowOf = ({ cptsId, id }: Pick<TemplateRow, 'cptsId' | 'id'>) =>
  and(eq(dischargeTemplates.cptsId, cptsId), eq(dischargeTemplates.id, id))

/** False when the ward has another template of this name, and the transaction is then lost. */
export async function updateTemplate(
  tx: Db,
  row: TemplateRow,
  { name, needs, checklist }: ChangeDischargeTemplate,
  now: Date,
): Promise<boolean> {
  try {
    await tx
      .update(dischargeTemplates)
      .set({ name, needs, checklist, updatedAt: now, version: row.version + 1 })
      .where(rowOf(row))
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

export async function deleteTemplate(tx: Db, row: TemplateRow): Promise<void> {
  await tx.delete(dischargeTemplates).where(rowOf(row))
}
