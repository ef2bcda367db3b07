import type { AccountId, CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { date, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/**
 * Who was shown a case or a patient, a row a day, a reader and a way: the trail told by subject, so that finding who read
 * one file never goes through the pages of all. Written by a job from the trail, which stays the source; the API reads.
 */
export const subjectReadings = pgTable(
  'subject_readings',
  {
    cptsId: uuid('cpts_id').$type<CptsId>().notNull(),
    /** A case or a patient: their ids never meet. */
    subjectId: uuid('subject_id').notNull(),
    /** In the CPTS's time zone. */
    day: date('day').notNull(),
    /** `nobody` where no account read: the patient by their own link, or the system. */
    actorId: uuid('actor_id').$type<AccountId>().notNull(),
    role: text('role').notNull(),
    way: text('way').notNull(),
    /** The practitioner in whose place, else `nobody`. */
    onBehalfOf: uuid('on_behalf_of').$type<PractitionerId>().notNull(),
    firstAt: timestamp('first_at', { withTimezone: true }).notNull(),
    lastAt: timestamp('last_at', { withTimezone: true }).notNull(),
    times: integer('times').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'subject_readings_pk',
      columns: [t.cptsId, t.subjectId, t.day, t.actorId, t.role, t.way, t.onBehalfOf],
    }),
  ],
)
