import { dayIn } from '@maillage/contracts/kit/dates'
import type { CptsId, WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { ImportCounts, ImportStatus } from '@maillage/contracts/waiting-list-imports'
import { systemActor } from '../../../kernel/actor.ts'
import { loadCalendar } from '../../../kernel/calendar.store.ts'
import type { Deps } from '../../../kernel/context.ts'
import type { MunicipalityFinder } from '../../../kernel/patients/municipality-finder.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { importWaitingList, type LineOutcome, type SearchToOpen } from '../import-waiting-list.ts'
import { type GivenList, readGivenList } from './given-list.ts'
import { beatImport, changeImport, claimImport, findImport, insertLine, listLines } from './import.store.ts'
import { describeRefusal } from './import.view.ts'
import { demandContent } from './read-import.ts'
import { noCounts } from './receive-list.ts'

/** What runs a list: the act that opens a search belongs to another slice, and is handed over. */
export interface ImportRun {
  readonly cptsId: CptsId
  readonly importId: WaitingListImportId
  readonly municipalities: () => MunicipalityFinder
  open(search: SearchToOpen, keepTrace: (tx: Db, row: CaseRow) => Promise<void>): Promise<CaseRow>
}

const beatEvery = 10
const everyLine = 20_000

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
    await goOn(deps, run)
    await end(deps, run, 'done')
  } catch (error) {
    await end(deps, run, 'interrupted')
    throw error
  }
}

async function goOn(deps: Deps, run: ImportRun): Promise<void> {
  const { cptsId, importId } = run
  const { list, settled, counts } = await prepare(deps, run)
  let done = settled.size
  const beat = (tx: Db): Promise<void> =>
    beatImport(tx, systemActor(cptsId), importId, { done, counts, now: deps.now() })
  const work = importWaitingList(deps, {
    cptsId,
    table: list.table,
    mapping: list.mapping,
    municipalities: run.municipalities(),
    isDryRun: false,
    settled,
    open: (search, line) => run.open(search, (tx, row) => insertLine(tx, openedLine(run, line, row))),
    onOutcome: async (outcome) => {
      done += 1
      count(counts, outcome)
      const isBeat = done % beatEvery === 0 || done === list.table.lines.length
      if (outcome.outcome === 'opened' && !isBeat) return
      await deps.db.transaction(cptsId, async (tx) => {
        if (outcome.outcome !== 'opened') await insertLine(tx, settledLine(run, outcome))
        if (isBeat) await beat(tx)
      })
    },
  })
  try {
    await work
  } finally {
    // Cut short between two beats, what was opened is counted all the same: it can be taken back.
    await deps.db.transaction(cptsId, beat)
  }
}

async function prepare(
  deps: Deps,
  { cptsId, importId }: ImportRun,
): Promise<{ list: GivenList; settled: Set<number>; counts: ImportCounts }> {
  const tenant = systemActor(cptsId)
  return await deps.db.read(cptsId, async (db) => {
    const row = await findImport(db, tenant, importId)
    if (!row) throw new Error('A list vanished while it was imported')
    const { timeZone } = await loadCalendar(db, cptsId)
    const content = await demandContent(db, tenant, importId)
    const today = dayIn(timeZone, deps.now())
    const list = readGivenList(content, { sheet: row.sheet, choices: row.choices, today })
    const before = await listLines(db, tenant, importId, { limit: everyLine })
    const counts = { ...noCounts }
    for (const line of before) count(counts, line)
    return { list, settled: new Set(before.map(({ line }) => line)), counts }
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

async function end(deps: Deps, { cptsId, importId }: ImportRun, status: ImportStatus): Promise<void> {
  const tenant = systemActor(cptsId)
  await deps.db.transaction(cptsId, async (tx) => {
    const row = await findImport(tx, tenant, importId)
    if (row) await changeImport(tx, tenant, row, { status, finishedAt: deps.now(), beatAt: null })
  })
}
