import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../platform/db/database.ts'
import { queryRows } from '../platform/db/named-query.ts'

export type ReferencePrefix = 'MT' | 'SNP' | 'SH'

/** The next reference of a CPTS, prefix and year: `MT-2026-0042`. The counter's row lock orders two openings. */
export async function nextReference(tx: Db, cptsId: CptsId, prefix: ReferencePrefix, year: number): Promise<string> {
  const [counter] = await queryRows<{ last: number }>(tx, {
    name: 'next_reference',
    text: `insert into reference_counters as c (cpts_id, prefix, year, last) values ($1, $2, $3, 1)
      on conflict (cpts_id, prefix, year) do update set last = c.last + 1 returning last`,
    values: [cptsId, prefix, year],
  })
  if (!counter) throw new Error('A reference counter returned no row')
  return `${prefix}-${year}-${String(counter.last).padStart(4, '0')}`
}
