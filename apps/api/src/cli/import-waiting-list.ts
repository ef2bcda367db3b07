import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { type WaitingListField, waitingListFields } from '@maillage/contracts/waiting-list-imports'
import * as z from 'zod'
import { caseKindsOf } from '../case-kinds.ts'
import { openImportedGpSearch } from '../features/gp-search/open-gp-search.ts'
import { todayOf } from '../features/waiting-list-import/desk/list-deps.ts'
import { findTable, type Table } from '../features/waiting-list-import/find-table.ts'
import {
  type LineOutcome,
  importWaitingList as takeIn,
  WaitingListInterrupted,
} from '../features/waiting-list-import/import-waiting-list.ts'
import { type LineContext, type ParsedLine, parseLine } from '../features/waiting-list-import/parse-line.ts'
import { writeRejectedLines } from '../features/waiting-list-import/rejected-lines.ts'
import { readSheet } from '../features/waiting-list-import/sheets/read-sheet.ts'
import { UnreadableFile } from '../features/waiting-list-import/sheets/sheet.ts'
import {
  type Mapping,
  type MappingSuggestion,
  mappingOf,
  suggestMapping,
  withChoices,
} from '../features/waiting-list-import/suggest-mapping.ts'
import { errorCode } from '../platform/db/connect.ts'
import { StartRefusal } from '../platform/start-refusal.ts'
import { referenceMunicipalities } from '../reference/find-municipality.ts'
import type { Command, CommandContext } from './command.ts'
import { findCpts } from './find-cpts.ts'
import { readFileAndOptions } from './read-options.ts'
import { fileProblemSentences, mappingLines, mappingProblemSentence, outcomeLines } from './waiting-list-words.ts'

const usage = `Usage : pnpm maillage import-waiting-list liste.xlsx [--cpts "CPTS de …"]
  --mapping colonnes.json   sens des colonnes, par en-tête : { "Nom": "lastName", "Divers": null }
  --sheet "Feuille 2"       feuille du classeur ; sinon la plus longue
  --dry-run                 dit ce qui se passerait, n’écrit rien
  --yes                     importe sans demander de confirmation
  Sens possibles : ${waitingListFields.join(', ')}`

const options = {
  cpts: { type: 'string' },
  mapping: { type: 'string' },
  sheet: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
} as const

/** Opens a search for each person of a coordinator's list who has none yet. */
export const importWaitingList: Command = {
  name: 'import-waiting-list',
  summary: 'reprend une liste d’attente (xlsx, xls, ods, csv) en demandes de médecin traitant',
  async run(context, args) {
    const { asOwner, say } = context
    const { file, given } = readFileAndOptions(args, options, usage)
    const cpts = await asOwner((tx) => findCpts(tx, given.cpts))
    const table = readTable(file, given.sheet, say)
    const choices = readChoices(given.mapping, table)
    const today = await todayOf(context, { cptsId: cpts.id })
    const suggestion = withChoices(suggestMapping(table, today), ({ header }) => choices.get(header))
    say(`Colonnes (en-têtes à la ligne ${table.headerLine}) :`)
    for (const line of mappingLines(suggestion)) say(line)
    refuseIncomplete(suggestion, given.yes ?? false)
    const isDryRun = given['dry-run'] ?? false
    if (!isDryRun && !given.yes) await askWhetherToImport(table.lines.length, cpts.name)
    const list = { cptsId: cpts.id, table, mapping: mappingOf(suggestion), today, isDryRun }
    const outcomes = await take(context, list).catch((error) => tellInterruption(error, table, say))
    for (const line of outcomeLines(table, outcomes, isDryRun)) say(line)
    if (isDryRun) say('Essai : rien n’a été écrit.')
    else tellRejects(file, table, outcomes, say)
  },
}

function readTable(file: string, sheetName: string | undefined, say: CommandContext['say']): Table {
  try {
    const sheet = readSheet(readFileSync(file), sheetName)
    if (sheetName !== undefined && sheet.name !== sheetName) {
      throw new StartRefusal(`Pas de feuille « ${sheetName} ». Feuilles : ${sheet.sheetNames.join(', ')}.`)
    }
    if (sheet.sheetNames.length > 1) say(`Feuille lue : ${sheet.name} (parmi ${sheet.sheetNames.join(', ')})`)
    if (sheet.hiddenLines > 0) say(`${sheet.hiddenLines} lignes masquées par un filtre sont lues comme les autres.`)
    return findTable(sheet)
  } catch (error) {
    throw error instanceof UnreadableFile ? new StartRefusal(fileProblemSentences[error.problem]) : error
  }
}

const Choices = z.record(z.string(), z.enum(waitingListFields).nullable())

/** What a person decided, in a JSON file: header → field, null for a column to leave out. */
function readChoices(file: string | undefined, table: Table): ReadonlyMap<string, WaitingListField | null> {
  if (file === undefined) return new Map()
  const choices = Choices.safeParse(readJson(file))
  if (!choices.success) {
    throw new StartRefusal(`Le fichier ${file} doit donner un sens connu à chaque en-tête.\n\n${usage}`)
  }
  const unknown = Object.keys(choices.data).filter(
    (header) => !table.columns.some((column) => column.header === header),
  )
  if (unknown.length > 0) throw new StartRefusal(`En-têtes absents de la liste : ${unknown.join(', ')}.`)
  return new Map(Object.entries(choices.data))
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new StartRefusal(`Le fichier ${file} ne peut pas être lu comme du JSON.`, { cause: error })
  }
}

/** A lack refuses the list; a doubt only until somebody settles it. */
function refuseIncomplete({ problems }: MappingSuggestion, isSure: boolean): void {
  const serious = problems.filter(({ code }) => !isSure || code !== 'two-columns-for-one-field')
  if (serious.length === 0) return
  const sentences = serious.map((problem) => `  ${mappingProblemSentence(problem)}`)
  throw new StartRefusal(`Colonnes à préciser avec --mapping :\n${sentences.join('\n')}\n\n${usage}`)
}

async function askWhetherToImport(lines: number, cptsName: string): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new StartRefusal('Rien n’a été importé : vérifiez ces colonnes, puis relancez avec --yes.')
  }
  const asking = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await asking.question(`Importer ces ${lines} lignes dans « ${cptsName} » ? (oui/non) `)
  asking.close()
  if (!/^o(ui)?$/i.test(answer.trim())) throw new StartRefusal('Rien n’a été importé.')
}

function take(
  { db, now, say }: CommandContext,
  {
    table,
    mapping,
    today,
    ...list
  }: { cptsId: CptsId; table: Table; mapping: Mapping; today: DayDate; isDryRun: boolean },
): Promise<LineOutcome[]> {
  const deps = { db, now, kinds: caseKindsOf() }
  const municipalities = referenceMunicipalities()
  const context = { columns: table.columns, mapping, municipalities, today }
  return takeIn(deps, {
    ...list,
    lines: parseEach(table, context),
    total: table.lines.length,
    open: (search) => openImportedGpSearch(deps, list.cptsId, search),
    onProgress: (done, all) => say(`  ${done} lignes sur ${all}`),
  })
}

function* parseEach({ lines }: Table, context: LineContext): Generator<ParsedLine[]> {
  for (const line of lines) yield [parseLine(line, context)]
}

function tellInterruption(error: unknown, table: Table, say: CommandContext['say']): never {
  if (!(error instanceof WaitingListInterrupted)) throw error
  for (const line of outcomeLines(table, error.outcomes, false)) say(line)
  say(`Arrêt à la ligne ${error.line}. Relancez la même commande : rien ne sera ouvert deux fois.`)
  throw error.cause
}

function tellRejects(file: string, table: Table, outcomes: readonly LineOutcome[], say: CommandContext['say']): void {
  const refused = new Map(outcomes.flatMap((one) => (one.outcome === 'refused' ? [[one.line, one.refusals]] : [])))
  if (refused.size === 0) return
  const written = writeBeside(file, writeRejectedLines(table, refused))
  say(`Lignes refusées, à corriger puis à importer de la même façon : ${written}`)
}

/** Never over a file that somebody may be correcting; readable by its owner alone, because people are named in it. */
function writeBeside(file: string, content: string): string {
  for (let copy = 1; ; copy += 1) {
    const name = copy === 1 ? `${file}.rejets.csv` : `${file}.rejets-${copy}.csv`
    try {
      writeFileSync(name, content, { flag: 'wx', mode: 0o600 })
      return name
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
  }
}
