import type { DuplicateComparison } from '@maillage/contracts/coordination/duplicates'
import type { DuplicateId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { describePatient, namedIn } from '../../kernel/patients/patient-file.ts'
import { recordAudits } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { problem } from '../../platform/problem-error.ts'
import { describePair, openSearchesOf } from './duplicates.store.ts'
import { readRecords } from './find-duplicates.store.ts'

/** Both records side by side, with their trace: reading them is reading two patients' files. */
export function readComparison(deps: Deps, actor: Actor, id: DuplicateId): Promise<DuplicateComparison> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const compared = await compareIn(tx, actor, id)
    const at = deps.now()
    await recordAudits(
      tx,
      actor,
      compared.records.map((record) => ({
        action: 'duplicate.read',
        at,
        patientId: record.id,
        shown: namedIn(record),
      })),
    )
    return compared
  })
}

async function compareIn(tx: Db, { cptsId }: Actor, id: DuplicateId): Promise<DuplicateComparison> {
  const { people, ...pair } = await describePair(tx, cptsId, id)
  const [one, other] = people
  const rows = await readRecords(tx, cptsId, [one.id, other.id])
  const [mine, theirs] = [rows.get(one.id), rows.get(other.id)]
  if (!mine || !theirs) throw problem('not-found')
  return {
    ...pair,
    records: [await describePatient(tx, mine), await describePatient(tx, theirs)],
    openSearches: await openSearchesOf(tx, cptsId, [one.id, other.id]),
  }
}
