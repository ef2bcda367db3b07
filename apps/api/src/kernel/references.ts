import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import type { Db } from '../platform/db/database.ts'
import { referenceCounters } from './tables/case.table.ts'

export type ReferencePrefix = 'MT' | 'SNP' | 'SH'

/** The next reference of a CPTS, prefix and year: `MT-2026-0042`. The counter's row lock orders two openings. */
export async function nextReference(tx: Db, cptsId: CptsId, prefix: ReferencePrefix, year: number): Promise<string> {
  const [counter] = await tx
    .insert(referenceCounters)
    .values({ cptsId, prefix, year, last: 1 })
    .onConflictDoUpdate({
      target: [referenceCounters.cptsId, referenceCounters.prefix, referenceCounters.year],
      set: { last: sql`${referenceCounters.last} + 1` },
    })
    .returning({ last: referenceCounters.last })
  if (!counter) throw new Error('A reference counter returned no row')
  return `${prefix}-${year}-${String(counter.last).padStart(4, '0')}`
}
