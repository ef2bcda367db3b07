import type { CptsId } from '@maillage/contracts/kit/ids'
import { lineColumns, type TrailLine, toLine, type WrittenLine } from '../../../kernel/record/trail.ts'
import type { Db } from '../../../platform/db/database.ts'
import { instantOf, queryRows } from '../../../platform/db/named-query.ts'
import type { ToldReading } from './told-by-subject.ts'

/** A page's line as it is shown. */
export interface ReadingRow {
  readonly day: string
  readonly actorId: string
  readonly role: string
  readonly way: string
  readonly onBehalfOf: string
  readonly firstAt: string
  readonly lastAt: string
  readonly times: number
  readonly by: string | null
  readonly principal: string | null
}

const asRecords = `jsonb_to_recordset($2::jsonb) as t ("subjectId" uuid, day date, "actorId" uuid, role text, way text,
  "onBehalfOf" uuid, "firstAt" timestamptz, "lastAt" timestamptz, times int)`

const addText = `insert into subject_readings as known (cpts_id, subject_id, day, actor_id, role, way, on_behalf_of, first_at,
  last_at, times)
select $1, "subjectId", day, "actorId", role, way, "onBehalfOf", "firstAt", "lastAt", times from ${asRecords}
on conflict (cpts_id, subject_id, day, actor_id, role, way, on_behalf_of) do update set
  first_at = least(known.first_at, excluded.first_at), last_at = greatest(known.last_at, excluded.last_at),
  times = known.times + excluded.times`

/** Adds to what is known of each subject; under the owner, for the API only reads. */
export async function addReadings(tx: Db, cptsId: CptsId, told: readonly ToldReading[]): Promise<void> {
  if (told.length === 0) return
  await queryRows(tx, { text: addText, values: [cptsId, JSON.stringify(told)] })
}

const membersText = `select case_id as "caseId", array_agg(patient_id) as members from gp_search_members
where cpts_id = $1 and case_id = any($2::uuid[]) group by case_id`

/** Who seeks together with the patients of these cases, by case. */
export async function listMembers(
  db: Db,
  cptsId: CptsId,
  lines: readonly TrailLine[],
): Promise<(caseId: string) => readonly string[]> {
  const ids = [...new Set(lines.flatMap(({ caseId }) => (caseId ? [caseId] : [])))]
  const rows = await queryRows<{ caseId: string; members: string[] }>(db, { text: membersText, values: [cptsId, ids] })
  const known = new Map(rows.map(({ caseId, members }) => [caseId, members]))
  return (caseId) => known.get(caseId) ?? []
}

const latestText = `select ${lineColumns} from audit_entries e
where e.cpts_id = $1
  and e.position > coalesce((select position from audit_marks where cpts_id = $1 and job = 'readings'), 0)
  and (e.case_id = any($2::uuid[]) or e.patient_id = any($2::uuid[]) or e.shown && $2::uuid[]
    or e.case_id in (select m.case_id from gp_search_members m where m.cpts_id = $1 and m.patient_id = any($2::uuid[])))
order by e.position`

/** What the trail holds of these subjects that the job has not told yet: the last minutes. */
export async function listLatest(db: Db, cptsId: CptsId, subjects: readonly string[]): Promise<TrailLine[]> {
  const rows = await queryRows<WrittenLine>(db, { text: latestText, values: [cptsId, subjects] })
  return rows.map(toLine)
}

const subjectsText = `with recursive person as (
  select c.patient_id as id from cases c where c.cpts_id = $1 and c.id = $2
  union select tied.id from person
  join patients p on p.cpts_id = $1 and (p.id = person.id or p.merged_into_id = person.id)
  cross join lateral (values (p.id), (p.merged_into_id)) as tied (id) where tied.id is not null
)
select id from person
union select $2::uuid
union select c.id from cases c join person on c.patient_id = person.id where c.cpts_id = $1 and $3`

/**
 * Under which ids a case is shown: its own and its patient's, merged records with them; and, of the whole person, those of
 * their other cases.
 */
export async function listSubjects(db: Db, cptsId: CptsId, caseId: string, whole: boolean): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(db, { text: subjectsText, values: [cptsId, caseId, whole] })
  return rows.map(({ id }) => id)
}

const pageText = `with told as (
  select day, actor_id, role, way, on_behalf_of, first_at, last_at, times from subject_readings
  where cpts_id = $1 and subject_id = any($3::uuid[])
  union all
  select day, "actorId", role, way, "onBehalfOf", "firstAt", "lastAt", times from ${asRecords}
), readings as (
  select day, actor_id, role, way, on_behalf_of, min(first_at) as first_at, max(last_at) as last_at,
    greatest(sum(times), 1)::int as times
  from told where $4 or way <> 'listed' group by day, actor_id, role, way, on_behalf_of
)
select r.day, r.actor_id as "actorId", r.role, r.way, r.on_behalf_of as "onBehalfOf", r.first_at as "firstAt",
  r.last_at as "lastAt", r.times, a.display_name as by, p.display_name as principal
from readings r
left join accounts a on a.id = r.actor_id
left join practitioners p on p.cpts_id = $1 and p.id = r.on_behalf_of
where $6::date is null or (r.day, r.last_at, r.actor_id, r.role, r.way, r.on_behalf_of)
  < ($6::date, $7::timestamptz, $8::uuid, $9::text, $10::text, $11::uuid)
order by r.day desc, r.last_at desc, r.actor_id desc, r.role desc, r.way desc, r.on_behalf_of desc
limit $5`

/** Where a page of readings begins. */
export type AfterReading = readonly [
  day: string,
  lastAt: string,
  actor: string,
  role: string,
  way: string,
  behalf: string,
]

/** Who was shown these subjects, the latest day first; what the job has not told yet comes with it. */
export async function listReadings(
  db: Db,
  cptsId: CptsId,
  subjects: readonly string[],
  page: { latest: readonly ToldReading[]; lists: boolean; limit: number; after: AfterReading | undefined },
): Promise<ReadingRow[]> {
  const after = page.after ?? [null, null, null, null, null, null]
  const values = [cptsId, JSON.stringify(page.latest), subjects, page.lists, page.limit, ...after]
  const rows = await queryRows<ReadingRow>(db, { text: pageText, values })
  return rows.map((row) => ({ ...row, firstAt: instantOf(row.firstAt), lastAt: instantOf(row.lastAt) }))
}
