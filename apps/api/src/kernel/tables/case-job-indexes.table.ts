import { sql } from 'drizzle-orm'
import { type AnyPgColumn, type IndexBuilder, index } from 'drizzle-orm/pg-core'

type Columns = Record<
  'cptsId' | 'id' | 'kind' | 'status' | 'isOpen' | 'bandRank' | 'resumeAt' | 'statusSince' | 'escalatedAt',
  AnyPgColumn
>

/** What the jobs look for among the cases: each index holds only what time may still change, whatever their number. */
export const whatJobsLookFor = (t: Columns): IndexBuilder[] => [
  index('cases_open_by_kind').on(t.cptsId, t.kind, t.id).where(sql`${t.isOpen}`),
  index('cases_resting').on(t.cptsId, t.resumeAt, t.id).where(sql`${t.kind} = 'gp-search' and ${t.status} = 'on_hold'`),
  index('cases_unanswered')
    .on(t.cptsId, t.statusSince, t.id)
    .where(sql`${t.kind} = 'gp-search' and ${t.status} = 'info_requested'`),
  index('cases_waiting_care')
    .on(t.cptsId, t.escalatedAt, t.id)
    .where(
      sql`${t.isOpen} and ${t.kind} = 'unscheduled-care' and ${t.status} in ('submitted', 'triaged', 'offering', 'no_show')`,
    ),
  index('cases_to_cover')
    .on(t.cptsId, t.id)
    .where(
      sql`${t.isOpen} and ${t.kind} = 'hospital-discharge' and ${t.escalatedAt} is null and ${t.status} in ('submitted', 'acknowledged', 'info_requested', 'coordinating', 'partially_covered')`,
    ),
  index('cases_urgent')
    .on(t.cptsId, t.id)
    .where(
      sql`${t.isOpen} and ${t.status} <> 'draft' and (${t.bandRank} = 1 or ${t.escalatedAt} is not null or ${t.kind} = 'unscheduled-care')`,
    ),
]
