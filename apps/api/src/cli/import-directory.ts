import { createReadStream } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { DirectoryHeaderError } from '../features/directory-import/directory-columns.ts'
import type { SkipCause } from '../features/directory-import/directory-entry.ts'
import {
  importDirectory as bringInLine,
  DirectoryImportRefused,
  type DirectoryReport,
} from '../features/directory-import/import-directory.ts'
import { restingAsLong } from '../platform/jobs/pace.ts'
import { StartRefusal } from '../platform/start-refusal.ts'
import { referenceMunicipalities } from '../reference/find-municipality.ts'
import type { Command } from './command.ts'
import { findCpts } from './find-cpts.ts'
import { readFileAndOptions } from './read-options.ts'

const usage = `Usage : pnpm maillage import-directory PS_LibreAcces_Personne_activite_….txt [--cpts "CPTS de …"]
  --dry-run   compare sans rien écrire
  --yes       accepte un nombre inhabituel de départs`

const options = { cpts: { type: 'string' }, 'dry-run': { type: 'boolean' }, yes: { type: 'boolean' } } as const

/** Brings the directory of a CPTS in line with the public extraction of the Annuaire Santé. */
export const importDirectory: Command = {
  name: 'import-directory',
  summary: 'met l’annuaire d’une CPTS à jour d’après l’extraction publique de l’Annuaire Santé',
  async run({ db, asOwner, now, say }, args) {
    const { file, given } = readFileAndOptions(args, options, usage)
    const cpts = await asOwner((tx) => findCpts(tx, given.cpts))
    const isDryRun = given['dry-run'] ?? false
    say(`${isDryRun ? 'Essai sans écriture' : 'Import'} de l’annuaire pour ${cpts.name}…`)
    const start = performance.now()
    giveWay()
    const report = await bringInLine(
      { db, now },
      {
        cptsId: cpts.id,
        file: textOf(file),
        municipalities: referenceMunicipalities(),
        isDryRun,
        acceptDepartures: given.yes ?? false,
        onProgress: (rows, people) => say(progressOf(rows, people, start)),
        pace: restingAsLong(),
        onWritten: (people, all) => {
          if (people % writtenEvery === 0) say(`  ${french(people)} fiches comparées sur ${french(all)}`)
        },
      },
    ).catch(explain)
    for (const line of summaryOf(report, isDryRun)) say(line)
    say(
      `En ${french((performance.now() - start) / 1000)} s, ${speedOf(report.rows, start)} lignes par seconde, ${memoryMb()} Mo de mémoire au plus.`,
    )
  },
}

const writtenEvery = 2000

/** A gigabyte keeps a processor busy for a minute: those who work on the same machine come first. */
function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // A system that refuses it imports all the same.
  }
}

// Larger pieces become texts that only a full collection frees: memory would grow with the file.
const pieceBytes = 16 * 1024

async function* textOf(file: string): AsyncGenerator<Uint8Array> {
  let isFirst = true
  const chunks: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: pieceBytes })
  for await (const chunk of chunks) {
    if (isFirst && chunk.subarray(0, 2).toString('latin1') === 'PK') {
      throw new StartRefusal(
        'Ce fichier est une archive ZIP : décompressez-la, puis donnez PS_LibreAcces_Personne_activite_….txt.',
      )
    }
    isFirst = false
    yield chunk
  }
}

const memoryMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024)
const french = (value: number): string => Math.round(value).toLocaleString('fr-FR')
const speedOf = (rows: number, start: number): string => french((rows * 1000) / (performance.now() - start))
const progressOf = (rows: number, people: number, start: number): string =>
  `  ${french(rows)} lignes lues (${speedOf(rows, start)} par seconde), ${french(people)} personnes retenues`

const causes: Readonly<Record<SkipCause, string>> = {
  'outside-territory': 'hors du territoire',
  'no-place': 'sans lieu d’exercice',
  'unknown-municipality': 'commune inconnue',
  'unknown-identifier-type': 'identifiant ni RPPS ni ADELI',
  'bad-identifier': 'RPPS ou ADELI mal formé',
  'missing-name': 'nom absent',
  'unknown-profession': 'profession inconnue',
}

function summaryOf(report: DirectoryReport, isDryRun: boolean): string[] {
  const { malformed } = report
  // Object.entries forgets that its keys are those of the record.
  const skipped = (Object.entries(report.skipped) as [SkipCause, number][]).filter(([, count]) => count > 0)
  return [
    isDryRun ? 'Rien n’a été écrit. L’import ferait :' : 'Import terminé :',
    `  ${french(report.created)} nouvelles fiches`,
    `  ${french(report.changed)} fiches modifiées`,
    `  ${french(report.back)} fiches de retour dans l’annuaire`,
    `  ${french(report.gone)} fiches sorties de l’annuaire (gardées)`,
    `  ${french(report.unchanged)} fiches inchangées`,
    `${french(report.rows)} lignes lues, ${french(report.people)} personnes du territoire. Lignes écartées :`,
    ...skipped.map(([cause, count]) => `  ${french(count)} : ${causes[cause]}`),
    ...(malformed.first
      ? [`  ${french(malformed.count)} : nombre de colonnes inattendu (la première, ligne ${malformed.first.line})`]
      : []),
  ]
}

function explain(error: unknown): never {
  if (error instanceof DirectoryHeaderError) {
    throw new StartRefusal(
      `Ce fichier n’est pas l’extraction « Personne_activite » : il y manque ${error.missing.map((name) => `« ${name} »`).join(', ')}.`,
    )
  }
  if (!(error instanceof DirectoryImportRefused)) throw error
  const { gone, known, rows } = error.figures
  const sentences: Readonly<Record<DirectoryImportRefused['problem'], string>> = {
    'no-territory': 'Cette CPTS n’a aucune commune : l’annuaire ne saurait pas qui retenir.',
    nobody: `Aucune personne du territoire dans les ${french(rows)} lignes de ce fichier. Rien n’a été écrit.`,
    'too-many-departures': `${french(gone)} fiches sur ${french(known)} ne sont plus dans ce fichier : est-il entier ? Rien n’a été écrit. Si c’est bien cela, relancez avec --yes.`,
  }
  throw new StartRefusal(sentences[error.problem])
}
