import type { CptsId } from '@maillage/contracts/kit/ids'
import { numbered, type ReferencePrefix } from '../../src/kernel/references.ts'
import type { Db } from '../../src/platform/db/database.ts'
import { queryRows } from '../../src/platform/db/named-query.ts'

/** Takes the next reference of a CPTS, prefix and year, for a case that a test writes by itself. */
export async function nextReference(tx: Db, cptsId: CptsId, prefix: ReferencePrefix, year: number): Promise<string> {
  const values = [cptsId, prefix, year]
  const [found] = await queryRows<{ reference: string }>(tx, {
    text: `${numbered} select reference from numbered`,
    values,
  })
  if (!found) throw new Error('A reference counter returned no row')
  return found.reference
}
