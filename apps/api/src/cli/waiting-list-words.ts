import type { FileProblem } from '@maillage/contracts/waiting-list-imports'
import { fieldLabels, refusalLabels } from '../features/waiting-list-import/field-labels.ts'
import type { IgnoredLine, Table } from '../features/waiting-list-import/find-table.ts'
import type { LineOutcome } from '../features/waiting-list-import/import-waiting-list.ts'

import type { MappingProblem, MappingSuggestion } from '../features/waiting-list-import/suggest-mapping.ts'

/** Why a whole file is refused. */
export const fileProblemSentences: Readonly<Record<FileProblem, string>> = {
  'too-large': 'Ce fichier est trop gros : 100 Mo décompressés au plus.',
  'too-many-lines': 'Ce fichier a trop de lignes : 50 000 au plus. Partagez-le en plusieurs.',
  protected: 'Ce classeur est protégé par un mot de passe : enregistrez-le sans protection.',
  'not-a-sheet': 'Ce fichier n’est ni un classeur (xlsx, xls, ods) ni un CSV.',
  empty: 'Ce fichier ne contient aucune ligne.',
  'no-header':
    'Aucune ligne d’en-têtes n’a été trouvée : il faut au moins le nom, le prénom, la date de naissance et la commune.',
}

/** What each column is taken for, one line each. */
export function mappingLines({ columns }: MappingSuggestion): string[] {
  const width = Math.max(...columns.map(({ header }) => header.length))
  return columns.map(({ header, field, hidden }) => {
    const meaning = field === null ? 'NON REPRISE (donnez son sens avec --mapping)' : fieldLabels[field]
    return `  ${header.padEnd(width)} → ${meaning}${hidden ? ' [colonne masquée]' : ''}`
  })
}

/** What the columns lack or leave in doubt. */
export function mappingProblemSentence(problem: MappingProblem): string {
  switch (problem.code) {
    case 'missing-name':
      return 'Aucune colonne ne donne le nom.'
    case 'missing-first-name':
      return 'Aucune colonne ne donne le prénom.'
    case 'missing-birth-date':
      return 'Aucune colonne ne donne la date de naissance.'
    case 'age-is-not-a-birth-date':
      return `« ${problem.header} » donne l’âge : il faut la date de naissance.`
    case 'missing-municipality':
      return 'Aucune colonne ne donne la commune.'
    case 'two-columns-for-one-field':
      return `Plusieurs colonnes pourraient être « ${fieldLabels[problem.field]} » : ${problem.headers.join(', ')}.`
  }
}

const ignoredCauses: Readonly<Record<IgnoredLine['cause'], string>> = {
  'above-header': 'au-dessus des en-têtes',
  totals: 'totaux',
  'header-again': 'en-têtes répétés',
}

const of = <O extends LineOutcome['outcome']>(outcomes: readonly LineOutcome[], outcome: O) =>
  outcomes.filter((one): one is Extract<LineOutcome, { outcome: O }> => one.outcome === outcome)

/** What became of the lines: every line read is in one of the counts, and no name is printed. */
export function outcomeLines(table: Table, outcomes: readonly LineOutcome[], isDryRun: boolean): string[] {
  const opened = of(outcomes, 'opened')
  const known = of(outcomes, 'already-there')
  const repeated = of(outcomes, 'repeated')
  const refused = of(outcomes, 'refused')
  const alike = opened.filter(({ lookAlike }) => lookAlike)
  return [
    `${outcomes.length} lignes lues :`,
    `  ${opened.length} ${isDryRun ? 'demandes à ouvrir' : 'demandes ouvertes'}`,
    `  ${known.length + repeated.length} déjà là`,
    `  ${refused.length} refusées`,
    ...section(
      'À vérifier, ressemblent à une personne connue :',
      alike.map(({ line, reference }) => `ligne ${line}${reference ? `, ${reference}` : ''}`),
    ),
    ...section('Déjà là :', [
      ...known.map(({ line, reference, isOpen }) => `ligne ${line}, ${reference}${isOpen ? '' : ' (terminée)'}`),
      ...repeated.map(({ line, sameAsLine }) => `ligne ${line}, la même personne qu’à la ligne ${sameAsLine}`),
    ]),
    ...section('Refusées, par motif :', refusalCounts(refused)),
    ...section('Gardé dans les remarques faute d’avoir été compris :', keptCounts(opened)),
    ...section(
      'Lignes écartées, qui ne parlent de personne :',
      table.ignored.map(({ number, cause }) => `ligne ${number}, ${ignoredCauses[cause]}`),
    ),
  ]
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)]

function grouped(pairs: readonly (readonly [string, number])[]): string[] {
  const lines = new Map<string, number[]>()
  for (const [label, line] of pairs) lines.set(label, [...(lines.get(label) ?? []), line])
  return [...lines].map(([label, numbers]) => `${numbers.length} : ${label} (${listed(numbers)})`)
}

const listed = (numbers: readonly number[]): string =>
  `${numbers.length > 1 ? 'lignes' : 'ligne'} ${numbers.slice(0, 12).join(', ')}${numbers.length > 12 ? '…' : ''}`

const refusalCounts = (refused: readonly Extract<LineOutcome, { outcome: 'refused' }>[]): string[] =>
  grouped(refused.flatMap(({ line, refusals }) => refusals.map(({ code }) => [refusalLabels[code], line] as const)))

const keptCounts = (opened: readonly Extract<LineOutcome, { outcome: 'opened' }>[]): string[] =>
  grouped(opened.flatMap(({ line, warnings }) => warnings.map(({ column }) => [`« ${column} »`, line] as const)))
