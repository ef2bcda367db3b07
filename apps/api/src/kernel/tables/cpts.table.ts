import type { DayDate } from '@maillage/contracts/kit/dates'
import type {
  AccountId,
  CptsId,
  MembershipId,
  OrganizationId,
  PractitionerId,
  UnitId,
} from '@maillage/contracts/kit/ids'
import { organizationKinds } from '@maillage/contracts/partners/organizations'
import type { PartnerContact } from '@maillage/contracts/partners/partners'
import { type Role, roles } from '@maillage/contracts/roles'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'
import type { OpeningHours } from '../calendar.ts'

/** A territory: the tenant. Its own id is the tenant key of every other table. */
export const cpts = pgTable(
  'cpts',
  {
    id: uuid('id').$type<CptsId>().notNull(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull().default('Europe/Paris'),
    holidayZone: text('holiday_zone').notNull().default('metropole'),
    /** Null: the product's default hours (kernel/calendar.ts). */
    openingHours: jsonb('opening_hours').$type<OpeningHours>(),
    isDemo: boolean('is_demo').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'cpts_pk', columns: [t.id] })],
)

export const cptsMunicipalities = pgTable(
  'cpts_municipalities',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    municipalityCode: text('municipality_code').notNull(),
  },
  (t) => [primaryKey({ name: 'cpts_municipalities_pk', columns: [t.cptsId, t.municipalityCode] })],
)

export const closedDays = pgTable(
  'closed_days',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    day: date('day', { mode: 'string' }).$type<DayDate>().notNull(),
    label: text('label').notNull(),
  },
  (t) => [primaryKey({ name: 'closed_days_pk', columns: [t.cptsId, t.day] })],
)

/** People who sign in. Global: a membership gives an account a role in a CPTS. */
export const accounts = pgTable(
  'accounts',
  {
    id: uuid('id').$type<AccountId>().notNull(),
    email: text('email').notNull(),
    displayName: text('display_name').notNull(),
    passwordHash: text('password_hash').notNull(),
    isDemo: boolean('is_demo').notNull().default(false),
    /** Asked for no second factor: the demo's own accounts alone, whose addresses nobody can have (RFC 2606). */
    isSecondFactorExempt: boolean('is_second_factor_exempt').notNull().default(false),
    // Single letters as shortcuts: who dictates to the computer, or trembles, turns them off.
    letterShortcuts: boolean('letter_shortcuts').notNull().default(true),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    disabledAt: timestamp('disabled_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'accounts_pk', columns: [t.id] }),
    unique('accounts_email').on(t.email),
    check('accounts_exempt_are_invented', sql`not ${t.isSecondFactorExempt} or ${t.email} like '%.example'`),
  ],
)

export const memberships = pgTable(
  'memberships',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<MembershipId>().notNull(),
    accountId: uuid('account_id').$type<AccountId>().notNull(),
    role: text('role').$type<Role>().notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>(),
    isHealthProfessional: boolean('is_health_professional').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'memberships_pk', columns: [t.cptsId, t.id] }),
    unique('memberships_account_role').on(t.cptsId, t.accountId, t.role),
    foreignKey({ name: 'memberships_account', columns: [t.accountId], foreignColumns: [accounts.id] }),
    check('memberships_role_known', oneOf(t.role, roles)),
  ],
)

export const organizations = pgTable(
  'organizations',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<OrganizationId>().notNull(),
    name: text('name').notNull(),
    kind: text('kind').$type<(typeof organizationKinds)[number]>().notNull(),
    finess: text('finess'),
    addressLine: text('address_line'),
    postalCode: text('postal_code'),
    municipalityCode: text('municipality_code'),
    phone: text('phone'),
    email: text('email'),
    /** How to work with them, never anything of anybody's health. */
    notes: text('notes'),
    contacts: jsonb('contacts').$type<PartnerContact[]>().notNull().default([]),
    updatedAt: timestamp('updated_at', { withTimezone: true }),
    updatedBy: uuid('updated_by').$type<AccountId>(),
    /** When somebody last said that all of it is right. */
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ name: 'organizations_pk', columns: [t.cptsId, t.id] }),
    check('organizations_kind_known', oneOf(t.kind, organizationKinds)),
    foreignKey({ name: 'organizations_updated_by', columns: [t.updatedBy], foreignColumns: [accounts.id] }),
  ],
)

/** A ward. The same ward in two CPTS is two rows, matched by FINESS and name. */
export const organizationUnits = pgTable(
  'organization_units',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').$type<UnitId>().notNull(),
    organizationId: uuid('organization_id').$type<OrganizationId>().notNull(),
    name: text('name').notNull(),
    phone: text('phone'),
  },
  (t) => [
    primaryKey({ name: 'organization_units_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'organization_units_organization',
      columns: [t.cptsId, t.organizationId],
      foreignColumns: [organizations.cptsId, organizations.id],
    }),
  ],
)

export const membershipUnits = pgTable(
  'membership_units',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    membershipId: uuid('membership_id').$type<MembershipId>().notNull(),
    unitId: uuid('unit_id').$type<UnitId>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'membership_units_pk', columns: [t.cptsId, t.membershipId, t.unitId] }),
    foreignKey({
      name: 'membership_units_membership',
      columns: [t.cptsId, t.membershipId],
      foreignColumns: [memberships.cptsId, memberships.id],
    }),
    foreignKey({
      name: 'membership_units_unit',
      columns: [t.cptsId, t.unitId],
      foreignColumns: [organizationUnits.cptsId, organizationUnits.id],
    }),
  ],
)
