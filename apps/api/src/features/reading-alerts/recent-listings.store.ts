import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'

/** A case or a patient whom a list or a search named to somebody, on a day of the CPTS. */
export interface Listing {
  readonly actorId: AccountId
  readonly day: string
  readonly shownId: string
  readonly at: Date
}

/** How many people somebody was named in a day; first and last tell when there was somebody new. */
export interface ListedDay {
  readonly actorId: AccountId
  readonly day: string
  readonly files: number
  readonly firstAt: Date
  readonly lastAt: Date
}

const asRecords = `jsonb_to_recordset($2::jsonb) as l ("actorId" uuid, day date, "shownId" uuid, at timestamptz)`

const keepText = `insert into recent_listings (cpts_id, actor_id, day, patient_id, first_at)
select $1, l."actorId", l.day, coalesce(c.patient_id, l."shownId"), min(l.at)
from ${asRecords} left join cases c on c.cpts_id = $1 and c.id = l."shownId"
group by 2, 3, 4 on conflict do nothing`

const countText = `select r.actor_id as "actorId", r.day, count(*)::int as files, min(r.first_at) as "firstAt",
  max(r.first_at) as "lastAt"
from (select distinct "actorId", day from ${asRecords}) l
join recent_listings r on r.cpts_id = $1 and r.actor_id = l."actorId" and r.day = l.day
group by r.actor_id, r.day having count(*) >= $3`

/** Keeps whom these lists named, each once a day however often a page is read again; tells the days that reach so many. */
export async function keepListings(
  tx: Db,
  cptsId: CptsId,
  listings: readonly Listing[],
  threshold: number,
): Promise<ListedDay[]> {
  const told = JSON.stringify(listings)
  await queryRows(tx, { text: keepText, values: [cptsId, told] })
  const rows = await queryRows<Omit<ListedDay, 'firstAt' | 'lastAt'> & { firstAt: string; lastAt: string }>(tx, {
    text: countText,
    values: [cptsId, told, threshold],
  })
  return rows.map(({ firstAt, lastAt, ...row }) => ({
    ...row,
    firstAt: new Date(instantOf(firstAt)),
    lastAt: new Date(instantOf(lastAt)),
  }))
}

/** What no rule looks back to any more. */
export async function forgetListings(tx: Db, cptsId: CptsId, before: string): Promise<void> {
  await queryRows(tx, { text: 'delete from recent_listings where cpts_id = $1 and day < $2', values: [cptsId, before] })
}
