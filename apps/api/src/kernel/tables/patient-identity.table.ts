import {
  type HealthIdAuthority,
  healthIdAuthorities,
  type IdentityStatus,
  identityStatuses,
} from '@maillage/contracts/coordination/patient-identity'
import type { AccountId, CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'
import { patients } from './patient.table.ts'

/**
 * How sure a patient's identity is, and their national health number once it is qualified. Apart from `patients`: no
 * list and no case reads it. The number is sealed in the application under `key_version`; its digest finds it.
 */
export const patientIdentities = pgTable(
  'patient_identities',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    patientId: uuid('patient_id').$type<PatientId>().notNull(),
    status: text('status').$type<IdentityStatus>().notNull(),
    authority: text('authority').$type<HealthIdAuthority>(),
    sealedNumber: text('sealed_number'),
    digest: text('digest'),
    keyVersion: integer('key_version'),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull(),
    recordedBy: uuid('recorded_by').$type<AccountId>(),
  },
  (t) => [
    primaryKey({ name: 'patient_identities_pk', columns: [t.cptsId, t.patientId] }),
    foreignKey({
      name: 'patient_identities_patient',
      columns: [t.cptsId, t.patientId],
      foreignColumns: [patients.cptsId, patients.id],
    }).onDelete('cascade'),
    check('patient_identities_status_known', oneOf(t.status, identityStatuses)),
    check('patient_identities_authority_known', oneOf(t.authority, healthIdAuthorities)),
    // A number is carried by a qualified identity alone (référentiel INS), whole or not at all.
    check(
      'patient_identities_number_when_qualified',
      sql`num_nonnulls(${t.authority}, ${t.sealedNumber}, ${t.digest}, ${t.keyVersion}) = case when ${t.status} = 'qualified' then 4 else 0 end`,
    ),
    index('patient_identities_digest').on(t.cptsId, t.digest).where(sql`${t.digest} is not null`),
  ],
)
