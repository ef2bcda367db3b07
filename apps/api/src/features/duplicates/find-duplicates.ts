import type { CptsId, PatientId } from '@maillage/contracts/kit/ids'
import type { Deps } from '../../kernel/context.ts'
import { type Likeness, likenessOf, matchKeys, suspectedFrom } from '../../kernel/patients/likeness.ts'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'
import { type Batch, beforeAll, type Walked, walk } from '../../kernel/tending/walk.ts'
import type { Db } from '../../platform/db/database.ts'
import { type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import {
  listNear,
  listSameNumber,
  listToCompare,
  markCompared,
  moveStrays,
  readRecords,
  replacePairs,
  type SuspectedPair,
  writeKeys,
} from './find-duplicates.store.ts'

/** Few enough that neither the database nor this process is held for long. */
const batch = 100

/**
 * Looks for records that may be one person: only those written or corrected since they were last compared, each with
 * those of the same keys alone (the sound of a name with the birth date, both names' sounds, a phone), and with those of the same national health number. What it costs
 * grows with what was written, never with the number of patients squared.
 */
export function findDuplicates(deps: Deps, cptsId: CptsId, pace: Pace = withoutRest): Promise<Walked> {
  return walk(deps, {
    name: 'find-duplicates',
    cptsId,
    pace,
    from: beforeAll,
    batch: async (tx, { now }, after): Promise<Batch<string>> => {
      if (after === beforeAll) await moveStrays(tx, cptsId)
      const found = await listToCompare(tx, cptsId, after, batch)
      const changed = await compareAll(tx, cptsId, found, now)
      return { seen: found.length, changed, next: found.length === batch ? found.at(-1)?.id : undefined }
    },
  })
}

async function compareAll(tx: Db, cptsId: CptsId, found: readonly PatientRow[], now: Date): Promise<number> {
  if (found.length === 0) return 0
  const keys = found.flatMap((patient) => matchKeys(patient).map((key) => ({ key, patientId: patient.id })))
  await writeKeys(
    tx,
    cptsId,
    found.map(({ id }) => id),
    keys,
  )
  const near = await listNear(tx, cptsId, keys)
  const ids = found.map(({ id }) => id)
  const same = await listSameNumber(tx, cptsId, ids)
  const others = await readRecords(tx, cptsId, [...new Set([...near, ...same].map(({ nearId }) => nearId))])
  const pairs = suspectedAmong(found, near, same, others)
  await replacePairs(tx, { cptsId, now }, found, pairs)
  await markCompared(tx, cptsId, found)
  return pairs.length
}

interface Near {
  patientId: PatientId
  nearId: PatientId
}

function suspectedAmong(
  found: readonly PatientRow[],
  near: readonly Near[],
  same: readonly Near[],
  others: ReadonlyMap<PatientId, PatientRow>,
): SuspectedPair[] {
  const mine = new Map(found.map((patient) => [patient.id, patient]))
  const pairs = new Map<string, SuspectedPair>()
  const certain = new Set(same.map(({ patientId, nearId }) => `${patientId}${nearId}`))
  for (const { patientId, nearId } of [...near, ...same]) {
    const [one, other] = [mine.get(patientId), others.get(nearId)]
    if (!one || !other || other.mergedIntoId) continue
    const hasSameNumber = certain.has(`${patientId}${nearId}`)
    const { score, parts } = hasSameNumber ? withSameNumber(likenessOf(one, other)) : likenessOf(one, other)
    if (score < suspectedFrom) continue
    const [oneId, otherId] = inOrder(one.id, other.id)
    pairs.set(`${oneId}${otherId}`, { oneId, otherId, score, parts })
  }
  return [...pairs.values()]
}

/** One number, one person: nothing else can lower it. */
const withSameNumber = ({ parts }: Likeness): Likeness => ({
  score: 100,
  parts: [{ trait: 'nationalHealthId', how: 'same', points: 100 }, ...parts],
})

/** A pair is written once, whichever of the two was looked at. */
export const inOrder = (one: PatientId, other: PatientId): [PatientId, PatientId] =>
  one < other ? [one, other] : [other, one]
