import type { TemplateNeed } from '@maillage/contracts/discharges/discharge-templates'
import type { Checklist } from '@maillage/contracts/hospital-discharge'
import type { CptsId, TemplateId, UnitId } from '@maillage/contracts/kit/ids'
import { foreignKey, integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { organizationUnits } from '../../kernel/tables/cpts.table.ts'

/** What a ward starts its discharges from. No patient data: usual needs, and usual answers to the check-list. */
export const dischargeTemplates = pgTable(
  'discharge_templates',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<TemplateId>().notNull(),
    unitId: uuid('unit_id').$type<UnitId>().notNull(),
    name: text('name').notNull(),
    needs: jsonb('needs').$type<TemplateNeed[]>().notNull(),
    checklist: jsonb('checklist').$type<Checklist>().notNull(),
    version: integer('version').notNull().default(1),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'discharge_templates_pk', columns: [t.cptsId, t.id] }),
    unique('discharge_templates_name').on(t.cptsId, t.unitId, t.name),
    foreignKey({
      name: 'discharge_templates_unit',
      columns: [t.cptsId, t.unitId],
      foreignColumns: [organizationUnits.cptsId, organizationUnits.id],
    }),
  ],
)
