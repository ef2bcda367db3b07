import type { DayDate } from '@maillage/contracts/kit/dates'
import { boolean, date, doublePrecision, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** French communes (docs/sources.md): a reference table, the same for every CPTS. */
export const municipalities = pgTable(
  'municipalities',
  {
    code: text('code').notNull(),
    name: text('name').notNull(),
    /** The folded name, for search while typing. */
    search: text('search').notNull(),
    department: text('department').notNull(),
    region: text('region').notNull(),
    postalCodes: text('postal_codes').array().notNull(),
    population: integer('population'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    /** How the coordinates are known: `geonames`, or the method that stood in for them. */
    coordinatesFrom: text('coordinates_from'),
  },
  (t) => [
    primaryKey({ name: 'municipalities_pk', columns: [t.code] }),
    index('municipalities_search').on(t.search),
    index('municipalities_postal_codes').using('gin', t.postalCodes),
  ],
)

/** Communes merged into another: the old code must still lead somewhere. */
export const formerMunicipalities = pgTable(
  'former_municipalities',
  {
    code: text('code').notNull(),
    name: text('name').notNull(),
    currentCode: text('current_code').notNull(),
  },
  (t) => [primaryKey({ name: 'former_municipalities_pk', columns: [t.code] })],
)

export const publicHolidays = pgTable(
  'public_holidays',
  {
    zone: text('zone').notNull(),
    day: date('day', { mode: 'string' }).$type<DayDate>().notNull(),
    name: text('name').notNull(),
  },
  (t) => [primaryKey({ name: 'public_holidays_pk', columns: [t.zone, t.day] })],
)

export const professions = pgTable(
  'professions',
  { code: text('code').notNull(), label: text('label').notNull() },
  (t) => [primaryKey({ name: 'professions_pk', columns: [t.code] })],
)

export const specialties = pgTable(
  'specialties',
  {
    code: text('code').notNull(),
    label: text('label').notNull(),
    isGeneralPractitioner: boolean('is_general_practitioner').notNull(),
  },
  (t) => [primaryKey({ name: 'specialties_pk', columns: [t.code] })],
)

/** What reference data is loaded, so that an unchanged set is not loaded again at each start. */
export const referenceVersions = pgTable(
  'reference_versions',
  { name: text('name').notNull(), digest: text('digest').notNull() },
  (t) => [primaryKey({ name: 'reference_versions_pk', columns: [t.name] })],
)
