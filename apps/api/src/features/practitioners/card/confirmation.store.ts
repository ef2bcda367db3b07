import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { and, eq, inArray } from 'drizzle-orm'
import { practitioners } from '../../../kernel/tables/practitioner.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'

/** Somebody whose card has grown old, and how they are written to. */
export interface ToAsk {
  readonly id: PractitionerId
  readonly hasAccount: boolean
  readonly email: string | null
}

const text = `select p.id, p.practice_email as email, exists (
    select 1 from memberships s where s.cpts_id = $1 and s.practitioner_id = p.id and s.ended_at is null
  ) as "hasAccount"
from practitioners p
where p.cpts_id = $1 and p.gone_at is null and coalesce(p.confirmed_at, p.created_at) < $2
  and coalesce(p.confirmation_asked_at < $2, true)
  and (p.practice_email is not null or exists (
    select 1 from memberships s where s.cpts_id = $1 and s.practitioner_id = p.id and s.ended_at is null))
order by p.confirmed_at nulls first, p.id limit $3
for update of p skip locked`

/** Those to ask, the longest unconfirmed first; locked, so that two runs never ask the same person. */
export const takeStale = (tx: Db, cptsId: CptsId, staleBefore: Date, limit: number): Promise<ToAsk[]> =>
  queryRows<ToAsk>(tx, { name: 'stale_cards', text, values: [cptsId, staleBefore, limit] })

/** They were asked: not again before half a year. The card itself did not change, nor its version. */
export async function noteAsked(tx: Db, cptsId: CptsId, ids: readonly PractitionerId[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await tx
    .update(practitioners)
    .set({ confirmationAskedAt: now })
    .where(and(eq(practitioners.cptsId, cptsId), inArray(practitioners.id, [...ids])))
}

/** Every CPTS that has a directory. As the owner: no CPTS is known yet. */
export async function listDirectories(tx: Db): Promise<CptsId[]> {
  const rows = await queryRows<{ id: CptsId }>(tx, {
    name: 'directories',
    text: 'select id from cpts c where exists (select 1 from practitioners p where p.cpts_id = c.id) order by id',
    values: [],
  })
  return rows.map(({ id }) => id)
}
