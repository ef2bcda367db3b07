import { Instant } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { RevalidationId } from '@maillage/contracts/kit/ids'
import type { ToReach, ToReachQuery } from '@maillage/contracts/revalidation'
import * as z from 'zod'
import type { Db } from '../../platform/db/database.ts'
import { instantOf, queryRows } from '../../platform/db/named-query.ts'
import { decodeCursor, toPage } from '../../platform/http/cursor.ts'
import { hasUncounted } from './case-attempts.store.ts'

interface Row extends Omit<ToReach, 'band' | 'address' | 'registeredAt' | 'since'> {
  bandRank: 1 | 2 | 3 | 4
  registeredAt: string
  since: string
  line: string | null
  complement: string | null
  postalCode: string | null
}

const text = `select r.id, r.version, r.case_id as "caseId", c.reference,
  p.first_name || ' ' || p.last_name as "displayName", p.birth_date as "birthDate", c.household_size as "householdSize",
  coalesce((select m.name from municipalities m where m.code = p.municipality_code), '') as municipality,
  c.band_rank as "bandRank", c.registered_at as "registeredAt", r.channel, p.phones, p.hours_to_call as "hoursToCall",
  p.address_line as line, p.address_complement as complement, p.postal_code as "postalCode", r.next_at as since,
  (select count(*)::int from revalidation_attempts a where a.cpts_id = $1 and a.revalidation_id = r.id) as attempts,
  exists (select from revalidation_attempts a
    join notices n on n.cpts_id = $1 and n.key = 'revalidation:' || a.id::text
    join notice_deliveries d on d.cpts_id = $1 and d.notice_id = n.id and d.status in ('refused', 'given-up')
    where a.cpts_id = $1 and a.revalidation_id = r.id) as bounced
from revalidations r
join cases c on c.cpts_id = $1 and c.id = r.case_id
join gp_searches s on s.cpts_id = $1 and s.case_id = r.case_id
join patients p on p.cpts_id = $1 and p.id = c.patient_id
where r.cpts_id = $1 and r.status = 'to-reach' and ($2::text is null or r.channel = $2)
  and (r.next_at, r.id) > ($3::timestamptz, $4::uuid)
  and not ${hasUncounted}
  and c.is_open and c.status not in ('matched', 'visit_booked') and (s.confirmed_at < r.started_at) is not false
order by r.next_at, r.id limit $5`

const Cursor = z.tuple([Instant, RevalidationId])
const start = ['-infinity', '00000000-0000-0000-0000-000000000000'] as const

/** Those to call and to write to, who waits longest for it first. */
export async function listToReach(
  db: Db,
  cptsId: CptsId,
  { channel, limit, cursor }: ToReachQuery,
): Promise<{ items: ToReach[]; next: string | null }> {
  const [at, id] = decodeCursor(cursor, Cursor) ?? start
  const values = [cptsId, channel ?? null, at, id, limit + 1]
  const rows = await queryRows<Row>(db, { name: 'revalidations_to_reach', text, values })
  return toPage(rows, limit, (row) => [instantOf(row.since), row.id], toItem)
}

const bands = ['P1', 'P2', 'P3', 'P4'] as const

function toItem({ bandRank, line, complement, postalCode, ...row }: Row): ToReach {
  const town = [postalCode, row.municipality].filter(Boolean).join(' ')
  return {
    ...row,
    band: bands[bandRank - 1] ?? 'P4',
    registeredAt: instantOf(row.registeredAt),
    since: instantOf(row.since),
    address: line === null ? null : [line, complement, town].filter((part): part is string => Boolean(part)),
  }
}
