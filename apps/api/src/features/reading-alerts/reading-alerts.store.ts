import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import type { ReadingAlert, ReadingAlertsQuery } from '@maillage/contracts/trail/reading-alerts'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'
import { type KnownAlert, reasonsAfter } from './reasons-after.ts'
import type { Opening, Unusual } from './unusual.ts'

/** An opening and who made it. */
export interface OwnOpening extends Opening {
  readonly actorId: AccountId
}

const keepText = `insert into recent_openings (cpts_id, actor_id, at, patient_id)
select $1, o."actorId", o.at, coalesce(o."patientId", c.patient_id)
from jsonb_to_recordset($2::jsonb) as o ("actorId" uuid, at timestamptz, "caseId" uuid, "patientId" uuid)
left join cases c on c.cpts_id = $1 and c.id = o."caseId"
where coalesce(o."patientId", c.patient_id) is not null
on conflict do nothing`

/** Keeps openings as the rules need them: whose file, whichever of their cases it was. */
export async function keepOpenings(
  tx: Db,
  cptsId: CptsId,
  openings: readonly { actorId: AccountId; at: Date; caseId: string | null; patientId: string | null }[],
): Promise<void> {
  await queryRows(tx, { text: keepText, values: [cptsId, JSON.stringify(openings)] })
}

const recentText = `select actor_id as "actorId", at, patient_id as "patientId" from recent_openings
where cpts_id = $1 and actor_id = any($2::uuid[]) and at >= $3 order by actor_id, at`

/** What these people opened since a moment. */
export async function listOpenings(
  tx: Db,
  cptsId: CptsId,
  actorIds: readonly AccountId[],
  since: Date,
): Promise<OwnOpening[]> {
  const rows = await queryRows<{ actorId: AccountId; at: string; patientId: string }>(tx, {
    text: recentText,
    values: [cptsId, actorIds, since],
  })
  return rows.map(({ at, ...row }) => ({ ...row, at: new Date(instantOf(at)) }))
}

/** What no rule looks back to any more. */
export async function forgetOpenings(tx: Db, cptsId: CptsId, before: Date): Promise<void> {
  await queryRows(tx, { text: 'delete from recent_openings where cpts_id = $1 and at < $2', values: [cptsId, before] })
}

const dutiesText = `select m.account_id as "actorId", s.starts_at as "startsAt", s.ends_at as "endsAt"
from memberships m join slots s on s.cpts_id = m.cpts_id and s.practitioner_id = m.practitioner_id
where m.cpts_id = $1 and m.account_id = any($2::uuid[]) and m.ended_at is null and s.closed_at is null
  and s.starts_at between $3::timestamptz - interval '1 day' and $4::timestamptz + interval '1 day'`

/** When these people had published slots around that time: the hours of their duty. */
export async function listDuties(
  tx: Db,
  cptsId: CptsId,
  actorIds: readonly AccountId[],
  [from, to]: readonly [Date, Date],
): Promise<{ actorId: AccountId; startsAt: Date; endsAt: Date }[]> {
  const rows = await queryRows<{ actorId: AccountId; startsAt: string; endsAt: string }>(tx, {
    text: dutiesText,
    values: [cptsId, actorIds, from, to],
  })
  return rows.map(({ actorId, startsAt, endsAt }) => ({
    actorId,
    startsAt: new Date(instantOf(startsAt)),
    endsAt: new Date(instantOf(endsAt)),
  }))
}

const knownText = `select id, reasons, explained_at is not null as "isExplained", version from reading_alerts
where cpts_id = $1 and account_id = $2 and day = $3 for update`

const raiseText = `insert into reading_alerts (cpts_id, id, account_id, role, day, reasons, raised_at, version)
values ($1, $2, $3, $4, $5, $6, $7, 1)`

const addText = `update reading_alerts set reasons = $3, version = version + 1,
  raised_at = case when explained_at is null then raised_at else $4 end, explained_at = null, explained_by = null
where cpts_id = $1 and id = $2`

/**
 * Raises what is to be explained, one alert a person and a day with all its reasons; the id and version where somebody
 * must be told, not when one that is open already gains a reason. The job alone raises, one at a time a CPTS.
 */
export async function raiseAlert(
  tx: Db,
  { cptsId, accountId, role }: { cptsId: CptsId; accountId: AccountId; role: string },
  { day, found }: { day: string; found: readonly Unusual[] },
  now: Date,
): Promise<{ id: string; version: number } | undefined> {
  const [known] = await queryRows<KnownAlert & { id: string; version: number }>(tx, {
    text: knownText,
    values: [cptsId, accountId, day],
  })
  const reasons = reasonsAfter(known, found)
  if (!reasons) return undefined
  const told = JSON.stringify(reasons)
  const id = known?.id ?? newRowId()
  if (known) await queryRows(tx, { text: addText, values: [cptsId, id, told, now] })
  else await queryRows(tx, { text: raiseText, values: [cptsId, id, accountId, role, day, told, now] })
  return !known || known.isExplained ? { id, version: (known?.version ?? 0) + 1 } : undefined
}

const alertColumns = `r.id, a.display_name as by, r.role, r.day, r.reasons, r.raised_at as "raisedAt",
  r.explained_at as "explainedAt", e.display_name as "explainedBy", r.note, r.version`
const alertTables = `reading_alerts r join accounts a on a.id = r.account_id left join accounts e on e.id = r.explained_by`

const toAlert = (row: ReadingAlert): ReadingAlert => ({
  ...row,
  raisedAt: instantOf(row.raisedAt),
  explainedAt: row.explainedAt && instantOf(row.explainedAt),
})

const listText = `select ${alertColumns} from ${alertTables}
where r.cpts_id = $1 and (r.explained_at is not null) = $2 and ($4::timestamptz is null or (r.raised_at, r.id) < ($4, $5::uuid))
order by r.raised_at desc, r.id desc limit $3`

/** The alerts, the latest first: in the order in which they came, and in no other. */
export async function listAlerts(
  db: Db,
  cptsId: CptsId,
  { status, limit }: Pick<ReadingAlertsQuery, 'status' | 'limit'>,
  after: readonly [string, string] | undefined,
): Promise<ReadingAlert[]> {
  const values = [cptsId, status === 'explained', limit, ...(after ?? [null, null])]
  return (await queryRows<ReadingAlert>(db, { text: listText, values })).map(toAlert)
}

/** One alert as it stands. */
export async function findAlert(db: Db, cptsId: CptsId, id: string): Promise<ReadingAlert | undefined> {
  const text = `select ${alertColumns} from ${alertTables} where r.cpts_id = $1 and r.id = $2`
  const [row] = await queryRows<ReadingAlert>(db, { text, values: [cptsId, id] })
  return row && toAlert(row)
}

const explainText = `update reading_alerts set note = $4, explained_by = $5, explained_at = $6, version = version + 1
where cpts_id = $1 and id = $2 and version = $3 returning id`

/** Says that it was explained, or takes that back; false when somebody else wrote first. */
export async function explainAlert(
  tx: Db,
  { cptsId, id, version }: { cptsId: CptsId; id: string; version: number },
  said: { note: string; by: AccountId; at: Date } | null,
): Promise<boolean> {
  const values = [cptsId, id, version, said?.note ?? null, said?.by ?? null, said?.at ?? null]
  return (await queryRows(tx, { text: explainText, values })).length > 0
}
