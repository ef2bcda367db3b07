import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import { systemActor } from '../../kernel/actor.ts'
import type { KnownMunicipality, MunicipalityFinder } from '../../kernel/patients/municipality-finder.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import type { Database, Db } from '../../platform/db/database.ts'
import { inBatches, type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import type { DirectoryEntry, SkipCause } from './directory-entry.ts'
import {
  findEntries,
  insertEntries,
  keysOf,
  markGone,
  presentImported,
  territoryOf,
  updateEntry,
} from './directory-import.store.ts'
import { groupByPerson } from './group-by-person.ts'
import { changesOf, columnsOf, type ImportedColumns, type PractitionerRow } from './practitioner-columns.ts'
import { type MalformedLine, readDirectory } from './read-directory.ts'

/** What to import, where, and how far. */
export interface DirectoryImport {
  readonly cptsId: CptsId
  readonly file: AsyncIterable<Uint8Array>
  readonly municipalities: MunicipalityFinder
  /** Reads and compares, writes nothing. */
  readonly isDryRun: boolean
  /** Somebody looked at an unusual number of departures and says that it is right. */
  readonly acceptDepartures: boolean
  onProgress(rows: number, people: number): void
  /** Hears of what is written, and rests between two batches. */
  readonly pace?: Pace
  onWritten?(people: number, all: number): void
}

/** What an import did, or would do. Every person kept is created, changed, back or unchanged. */
export interface DirectoryReport {
  rows: number
  people: number
  created: number
  changed: number
  /** Had left the directory, and are in it again. */
  back: number
  unchanged: number
  gone: number
  skipped: Record<SkipCause, number>
  malformed: { count: number; first: MalformedLine | undefined }
}

export type DirectoryImportProblem = 'no-territory' | 'nobody' | 'too-many-departures'

/** Nothing was written: the file or the territory is likely not the right one. */
export class DirectoryImportRefused extends Error {
  readonly problem: DirectoryImportProblem
  readonly figures: { gone: number; known: number; rows: number }

  constructor(problem: DirectoryImportProblem, figures = { gone: 0, known: 0, rows: 0 }) {
    super(`The directory is not imported: ${problem}`)
    this.name = 'DirectoryImportRefused'
    this.problem = problem
    this.figures = figures
  }
}

type Deps = { readonly db: Database; readonly now: () => Date }

/** Few enough that nobody who opens an entry meanwhile waits for its batch. */
const batchSize = 200

/**
 * Brings the directory of a CPTS in line with the public extraction: new people, changes, departures, returns. Nobody is
 * deleted, and what a person entered stays. Each batch is one transaction; an import that was cut is simply run again.
 */
export async function importDirectory(deps: Deps, given: DirectoryImport): Promise<DirectoryReport> {
  const { cptsId } = given
  const covered = await deps.db.read(cptsId, (db) => territoryOf(db, cptsId))
  if (covered.length === 0) throw new DirectoryImportRefused('no-territory')
  const malformed: DirectoryReport['malformed'] = { count: 0, first: undefined }
  const lines = readDirectory(given.file, (line) => {
    malformed.count += 1
    malformed.first ??= line
  })
  const territory = { municipalities: given.municipalities, covers: coversWith(given.municipalities, new Set(covered)) }
  const { entries, rows, skipped } = await groupByPerson(lines, territory, given.onProgress)
  const report: DirectoryReport = {
    rows,
    people: entries.length,
    ...{ created: 0, changed: 0, back: 0, unchanged: 0, gone: 0 },
    skipped,
    malformed,
  }
  const departures = await findDepartures(deps, given, entries, rows)
  await inParts(given, entries, (some) => reconcile(deps, given, some, report))
  await inParts(given, departures, (some) => sayGone(deps, given, some))
  return { ...report, gone: departures.length }
}

/** A batch after the other, resting as long as it took: the screens go on at their speed. */
async function inParts<Item>(
  { pace = withoutRest, onWritten }: DirectoryImport,
  items: readonly Item[],
  work: (some: readonly Item[]) => Promise<void>,
): Promise<void> {
  if (items.length === 0) return
  let at = 0
  await inBatches(pace, async () => {
    await work(items.slice(at, at + batchSize))
    at += batchSize
    if (at < items.length) onWritten?.(at, items.length)
    return at < items.length
  })
}

/** A territory that names a whole city covers its arrondissements, under whose codes the directory places people. */
function coversWith(municipalities: MunicipalityFinder, covered: ReadonlySet<string>): (code: string) => boolean {
  const cityOf = (code: string): KnownMunicipality['city'] => municipalities.byCode(code)?.city
  return (code) => covered.has(code) || covered.has(cityOf(code) ?? '')
}

/** Who was in the directory and no longer is. A cut file, or another region's, would send half of a territory away. */
async function findDepartures(
  { db }: Deps,
  { cptsId, acceptDepartures }: DirectoryImport,
  entries: readonly DirectoryEntry[],
  rows: number,
): Promise<PractitionerId[]> {
  const known = await db.read(cptsId, (reader) => presentImported(reader, cptsId))
  const here = new Set(entries.flatMap(keysOf))
  const gone = known.filter((one) => !keysOf(one).some((key) => here.has(key))).map(({ id }) => id)
  const figures = { gone: gone.length, known: known.length, rows }
  if (entries.length === 0) throw new DirectoryImportRefused('nobody', figures)
  const isUnusual = gone.length >= 20 && gone.length > known.length / 4
  if (isUnusual && !acceptDepartures) throw new DirectoryImportRefused('too-many-departures', figures)
  return gone
}

interface Plan {
  created: ImportedColumns[]
  updates: { known: PractitionerRow; changes: Partial<PractitionerRow>; isBack: boolean }[]
  unchanged: number
}

/** Compares some people of the file with their entries. */
function planOf(entries: readonly DirectoryEntry[], rows: readonly PractitionerRow[]): Plan {
  const byKey = new Map(rows.flatMap((row) => keysOf(row).map((key) => [key, row] as const)))
  const plan: Plan = { created: [], updates: [], unchanged: 0 }
  for (const entry of entries) {
    const columns = columnsOf(entry)
    const known = keysOf(entry)
      .map((key) => byKey.get(key))
      .find((row) => row !== undefined)
    if (!known) {
      plan.created.push(columns)
      continue
    }
    const changes = changesOf(known, columns)
    const isBack = known.goneAt !== null
    if (isBack) plan.updates.push({ known, changes: { ...changes, goneAt: null }, isBack })
    else if (Object.keys(changes).length > 0) plan.updates.push({ known, changes, isBack })
    else plan.unchanged += 1
  }
  return plan
}

async function reconcile(
  { db, now }: Deps,
  { cptsId, isDryRun }: DirectoryImport,
  entries: readonly DirectoryEntry[],
  report: DirectoryReport,
): Promise<void> {
  const plan = isDryRun
    ? await db.read(cptsId, async (reader) => planOf(entries, await findEntries(reader, cptsId, entries, false)))
    : await db.transaction(cptsId, async (tx) => {
        const made = planOf(entries, await findEntries(tx, cptsId, entries, true))
        await apply(tx, cptsId, made, now())
        return made
      })
  const back = plan.updates.filter(({ isBack }) => isBack).length
  report.created += plan.created.length
  report.back += back
  report.changed += plan.updates.length - back
  report.unchanged += plan.unchanged
}

async function apply(tx: Db, cptsId: CptsId, { created, updates }: Plan, now: Date): Promise<void> {
  await insertEntries(tx, cptsId, created, now)
  for (const { known, changes } of updates) await updateEntry(tx, known, changes, now)
  if (created.length + updates.length === 0) return
  await recordAudit(tx, systemActor(cptsId), { action: 'directory.import', at: now })
}

async function sayGone(
  { db, now }: Deps,
  { cptsId, isDryRun }: DirectoryImport,
  ids: readonly PractitionerId[],
): Promise<void> {
  if (isDryRun) return
  await db.transaction(cptsId, async (tx) => {
    await markGone(tx, cptsId, ids, now())
    await recordAudit(tx, systemActor(cptsId), { action: 'directory.departures', at: now() })
  })
}
