import { dayIn } from '@maillage/contracts/kit/dates'
import type { CptsId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { ImportCounts, ImportStatus } from '@maillage/contracts/waiting-list-imports'
import { systemActor } from '../../../kernel/actor.ts'
import { loadCalendar } from '../../../kernel/calendar.store.ts'
import type { Deps } from '../../../kernel/context.ts'
import type { MunicipalityFinder } from '../../../kernel/patients/municipality-finder.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { type Pace, withoutRest } from '../../../platform/jobs/pace.ts'
import { importWaitingList, type LineOutcome, type SearchToOpen } from '../import-waiting-list.ts'
import type { GivenFile } from '../reader/list-requests.ts'
import { readLines } from '../reader/read-list.ts'
import { describeRefusal } from '../refusals.ts'
import {
  beatImport,
  changeImport,
  claimImport,
  findImport,
  insertLine,
  letImportGo,
  listOutcomes,
} from './import.store.ts'
import { demandContent } from './read-import.ts'
import { noCounts } from './receive-list.ts'

/** What runs a list: the act that opens a search belongs to another slice, and is handed over. */
export interface ImportRun {
  readonly cptsId: CptsId
  readonly importId: WaitingListImportId
  readonly municipalities: () => MunicipalityFinder
  readonly pace?: Pace
  open(search: SearchToOpen, keepTrace: (tx: Db, row: CaseRow) => Promise<void>): Promise<CaseRow>
}

const beatEvery = 10

/**
 * Opens the searches of a list that a coordinator started, line after line, telling how far it went. Run twice, or taken
 * over after the process died, it goes on after the last line settled: the fate of a line is written with its case.
 */
export async function runImport(deps: Deps, run: ImportRun): Promise<void> {
  const { cptsId, importId } = run
  const tenant = systemActor(cptsId)
  const claimed = await deps.db.transaction(cptsId, (tx) => claimImport(tx, tenant, importId, deps.now()))
  if (!claimed) return
  try {
    const isWhole = await goOn(deps, run)
    if (isWhole) await end(deps, run, 'done')
    else await letGo(deps, run)
  } catch (error) {
    await end(deps, run, 'interrupted')
    throw error
  }
}

/** Goes on with a list; false when it was asked to stop before its end. */
async function goOn(deps: Deps, run: ImportRun): Promise<boolean> {
  const { cptsId, importId, pace = withoutRest } = run
  const { file, total, settled, counts } = await prepare(deps, run)
  let done = settled.size
  const beat = (tx: Db): Promise<void> =>
    beatImport(tx, systemActor(cptsId), importId, { done, counts, now: deps.now() })
  let isWhole = true
  const work = importWaitingList(deps, {
    cptsId,
    lines: readLines(file, run.municipalities),
    total,
    isDryRun: false,
    settled,
    open: (search, line) => run.open(search, (tx, row) => insertLine(tx, openedLine(run, line, row))),
    onPause: async (took) => {
      await pace.rest(took)
      isWhole = !pace.isStopped()
      return isWhole
    },
    onOutcome: async (outcome) => {
      done += 1
      count(counts, outcome)
      const isBeat = done % beatEvery === 0 || done === total
      if (outcome.outcome === 'opened' && !isBeat) return
      await deps.db.transaction(cptsId, async (tx) => {
        if (outcome.outcome !== 'opened') await insertLine(tx, settledLine(run, outcome))
        if (isBeat) await beat(tx)
      })
    },
  })
  try {
    await work
    return isWhole
  } finally {
    // Cut short between two beats, what was opened is counted all the same: it can be taken back.
    await deps.db.transaction(cptsId, beat)
  }
}

async function prepare(
  deps: Deps,
  { cptsId, importId }: ImportRun,
): Promise<{ file: GivenFile; total: number; settled: Set<number>; counts: ImportCounts }> {
  const tenant = systemActor(cptsId)
  return await deps.db.read(cptsId, async (db) => {
    const row = await findImport(db, tenant, importId)
    if (!row) throw new Error('A list vanished while it was imported')
    const { timeZone } = await loadCalendar(db, cptsId)
    const content = await demandContent(db, tenant, importId)
    const today = dayIn(timeZone, deps.now())
    const file = { content, sheet: row.sheet, choices: row.choices, today }
    const before = await listOutcomes(db, tenant, importId)
    const counts = { ...noCounts }
    for (const line of before) count(counts, line)
    return { file, total: row.lines, settled: new Set(before.map(({ line }) => line)), counts }
  })
}

const counterOf = {
  opened: 'opened',
  'already-there': 'alreadyThere',
  repeated: 'repeated',
  refused: 'refused',
} as const

function count(
  counts: ImportCounts,
  { outcome, ...rest }: Pick<LineOutcome, 'outcome'> & { lookAlike?: boolean },
): void {
  counts[counterOf[outcome]] += 1
  if (rest.lookAlike) counts.lookAlike += 1
}

type NewLine = Parameters<typeof insertLine>[1]

const openedLine = ({ cptsId, importId }: ImportRun, line: number, row: CaseRow): NewLine => ({
  cptsId,
  importId,
  line,
  outcome: 'opened',
  caseId: row.id,
  reference: row.reference,
  lookAlike: row.lookAlike,
})

const settledLine = ({ cptsId, importId }: ImportRun, outcome: LineOutcome): NewLine => ({
  cptsId,
  importId,
  line: outcome.line,
  outcome: outcome.outcome,
  reference: outcome.outcome === 'already-there' ? outcome.reference : null,
  sameAsLine: outcome.outcome === 'repeated' ? outcome.sameAsLine : null,
  refusals: outcome.outcome === 'refused' ? outcome.refusals.map(describeRefusal) : [],
})

/** Asked to stop: the list runs on, and the next process takes it up at once. */
const letGo = (deps: Deps, { cptsId, importId }: ImportRun): Promise<void> =>
  deps.db.transaction(cptsId, (tx) => letImportGo(tx, systemActor(cptsId), importId))

async function end(deps: Deps, { cptsId, importId }: ImportRun, status: ImportStatus): Promise<void> {
  const tenant = systemActor(cptsId)
  await deps.db.transaction(cptsId, async (tx) => {
    const row = await findImport(tx, tenant, importId)
    if (row) await changeImport(tx, tenant, row, { status, finishedAt: deps.now(), beatAt: null })
  })
}
