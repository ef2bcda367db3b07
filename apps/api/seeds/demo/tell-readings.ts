import type { CaseKindName } from '@maillage/contracts/cases'
import { CaseId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { watchReadings } from '../../src/features/reading-alerts/watch-readings.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import type { Deps } from '../../src/kernel/context.ts'
import { openFile } from '../../src/kernel/open-file.ts'
import { asOwner } from '../../src/platform/db/as-owner.ts'
import type { ScenarioClock } from './invent/scenario-clock.ts'

const minuteMs = 60_000
/** Lines of the trail settle within a minute; the seeding has taken some. */
const settledMs = 15 * minuteMs

/**
 * Whom the files were shown to lately: a colleague read half of the list in an hour, and six files late in the evening, as
 * somebody does who prepares a campaign. Both are to be explained.
 */
export async function tellReadings(
  deps: Deps,
  ownerUrl: string,
  colleague: Actor,
  clock: Pick<ScenarioClock, 'at'>,
): Promise<void> {
  const { cptsId } = colleague
  const { rows } = await asOwner(ownerUrl, (tx) =>
    tx.execute<{ id: string; kind: CaseKindName }>(sql`
      select distinct on (patient_id) id, kind from cases where cpts_id = ${cptsId} and is_open limit 64`),
  )
  const files = rows.map(({ id, kind }) => ({ id: CaseId.parse(id), kind }))
  const [afternoon, evening] = [clock.at(-1, 16), clock.at(-3, 22)]
  await deps.db.transaction(cptsId, async (tx) => {
    for (const [index, file] of files.entries())
      await openFile(tx, colleague, file, new Date(afternoon.getTime() + index * 50_000))
    for (const [index, file] of files.slice(0, 6).entries())
      await openFile(tx, colleague, file, new Date(evening.getTime() + index * minuteMs))
  })
  const owner = { transaction: <T>(work: Parameters<typeof asOwner<T>>[1]) => asOwner(ownerUrl, work) }
  await watchReadings({ owner, now: () => new Date(deps.now().getTime() + settledMs) }, cptsId)
}
