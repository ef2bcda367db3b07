import { dayIn } from '@maillage/contracts/kit/dates'
import type { WaitingListImportId } from '@maillage/contracts/kit/ids'
import type { ImportPreview, WaitingListImport } from '@maillage/contracts/waiting-list-imports'
import type { Actor } from '../../../kernel/actor.ts'
import { loadCalendar } from '../../../kernel/calendar.store.ts'
import type { Deps } from '../../../kernel/context.ts'
import type { MunicipalityFinder } from '../../../kernel/patients/municipality-finder.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { Db } from '../../../platform/db/database.ts'
import { problem } from '../../../platform/problem-error.ts'
import { writeRejectedLines } from '../rejected-lines.ts'
import { type GivenList, readGivenList } from './given-list.ts'
import { findContent, findImport, type ImportSummaryRow, listLines } from './import.store.ts'
import { describeImport } from './import.view.ts'
import { previewList } from './preview-list.ts'

type Readers = Pick<Deps, 'db' | 'now'>

/** A list of this CPTS, or 404. */
export async function demandImport(db: Db, actor: Actor, id: WaitingListImportId): Promise<ImportSummaryRow> {
  const row = await findImport(db, actor, id)
  if (!row) throw problem('not-found')
  return row
}

/** Its file, or 404 once it is no longer kept. */
export async function demandContent(db: Db, actor: Actor, id: WaitingListImportId): Promise<Buffer> {
  const content = await findContent(db, actor, id)
  if (!content) throw problem('not-found')
  return content
}

async function listOf(db: Db, actor: Actor, row: ImportSummaryRow, now: Date): Promise<GivenList | undefined> {
  if (!row.hasContent) return undefined
  const { timeZone } = await loadCalendar(db, actor.cptsId)
  const content = await demandContent(db, actor, row.id)
  return readGivenList(content, { sheet: row.sheet, choices: row.choices, today: dayIn(timeZone, now) })
}

/** A list with its columns and a few answers of each: recorded, for they name patients. */
export function readImport(deps: Readers, actor: Actor, id: WaitingListImportId): Promise<WaitingListImport> {
  return deps.db.read(actor.cptsId, async (db) => {
    const row = await demandImport(db, actor, id)
    // While it runs the screen asks every second how far it went: the columns no longer matter.
    const list = row.status === 'draft' ? await listOf(db, actor, row, deps.now()) : undefined
    if (list) await recordAudit(db, actor, { action: `waiting-list-import.read ${id}`, at: deps.now() })
    return describeImport(row, list, deps.now())
  })
}

/** What the list would give with the columns as they stand: recorded, for it names patients. */
export function readPreview(
  deps: Readers,
  actor: Actor,
  { id, municipalities }: { id: WaitingListImportId; municipalities: () => MunicipalityFinder },
): Promise<ImportPreview> {
  return deps.db.read(actor.cptsId, async (db) => {
    const row = await demandImport(db, actor, id)
    const list = await listOf(db, actor, row, deps.now())
    if (!list) throw problem('not-found')
    const { timeZone } = await loadCalendar(db, actor.cptsId)
    await recordAudit(db, actor, { action: `waiting-list-import.preview ${id}`, at: deps.now() })
    return previewList(list, { municipalities: municipalities(), today: dayIn(timeZone, deps.now()) })
  })
}

const everyLine = 20_000

/** The refused lines as a CSV to correct and give again: recorded, for it names patients. */
export function readRejectedLines(deps: Readers, actor: Actor, id: WaitingListImportId): Promise<string> {
  return deps.db.read(actor.cptsId, async (db) => {
    const row = await demandImport(db, actor, id)
    const list = await listOf(db, actor, row, deps.now())
    if (!list) throw problem('not-found')
    const refused = await listLines(db, actor, id, { limit: everyLine, outcomes: ['refused'] })
    await recordAudit(db, actor, { action: `waiting-list-import.download ${id}`, at: deps.now() })
    const byLine = refused.map(({ line, refusals }) => {
      const plain = refusals.map(({ column, value, ...rest }) => ({
        ...rest,
        column: column ?? undefined,
        value: value ?? undefined,
      }))
      return [line, plain] as const
    })
    return writeRejectedLines(list.table, new Map(byLine))
  })
}
