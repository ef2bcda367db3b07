import {
  type ConsentChannel,
  consentChannels,
  type PublicationScope,
  publicationScopes,
} from '@maillage/contracts/directory/practitioner-cards'
import type { AccountId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { oneOf } from '../../platform/one-of.ts'
import { practitioners } from './practitioner.table.ts'

/** Where somebody practises beside their first place, which stands in the columns of their entry. */
export const practiceSites = pgTable(
  'practice_sites',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>().notNull(),
    position: smallint('position').notNull(),
    name: text('name'),
    line: text('line'),
    postalCode: text('postal_code'),
    municipalityCode: text('municipality_code').notNull(),
    phone: text('phone'),
    accessible: boolean('accessible'),
    /** In words: « lundi et jeudi matin ». */
    hours: text('hours'),
  },
  (t) => [
    primaryKey({ name: 'practice_sites_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'practice_sites_practitioner',
      columns: [t.cptsId, t.practitionerId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    index('practice_sites_of_practitioner').on(t.cptsId, t.practitionerId, t.position),
  ],
)

/** What somebody answered when asked whether their contacts may be shown; every answer is kept, the last one holds. */
export const publicationConsents = pgTable(
  'publication_consents',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    id: uuid('id').notNull(),
    practitionerId: uuid('practitioner_id').$type<PractitionerId>().notNull(),
    scope: text('scope').$type<PublicationScope>().notNull(),
    given: boolean('given').notNull(),
    channel: text('channel').$type<ConsentChannel>().notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    /** Who wrote it down; null for the system. */
    recordedBy: uuid('recorded_by').$type<AccountId>(),
  },
  (t) => [
    primaryKey({ name: 'publication_consents_pk', columns: [t.cptsId, t.id] }),
    foreignKey({
      name: 'publication_consents_practitioner',
      columns: [t.cptsId, t.practitionerId],
      foreignColumns: [practitioners.cptsId, practitioners.id],
    }),
    check('publication_consents_scope_known', oneOf(t.scope, publicationScopes)),
    check('publication_consents_channel_known', oneOf(t.channel, consentChannels)),
    index('publication_consents_of_practitioner').on(t.cptsId, t.practitionerId, t.at),
  ],
)
