import type { DayDate } from '@maillage/contracts/kit/dates'
import { manyColumns, type WaitingListField, waitingListFields } from '@maillage/contracts/waiting-list-imports'
import { type ColumnShape, fieldOfShape, shapeOf, shapeSupports } from './column-shape.ts'

import { type Column, cellAt, type Table } from './find-table.ts'
import { headerExcludes, headerScore } from './header-words.ts'

/** What is proposed for a column; a person confirms or changes it before anything is imported. */
export type ColumnSuggestion = {
  index: number
  header: string
  hidden: boolean
  field: WaitingListField | null
  /** From 0 to 1: how sure the proposal is. */
  score: number
  /** Other fields that the column could as well hold. */
  alternatives: WaitingListField[]
}

export type MappingProblem =
  | { code: 'missing-name' }
  | { code: 'missing-first-name' }
  | { code: 'missing-birth-date' }
  | { code: 'age-is-not-a-birth-date'; header: string }
  | { code: 'missing-municipality' }
  | { code: 'two-columns-for-one-field'; field: WaitingListField; headers: string[] }

export type MappingSuggestion = { columns: ColumnSuggestion[]; problems: MappingProblem[] }

/** Column of the file → what it holds. */
export type Mapping = ReadonlyMap<number, WaitingListField>

type Candidate = { column: Column; field: WaitingListField; score: number }

const enough = 0.5
const close = 0.08

const scoreOf = (column: Column, shape: ColumnShape, field: WaitingListField): number => {
  const header = headerScore(column.header, field)
  const given = fieldOfShape(shape) === field && !headerExcludes(column.header, field) ? 0.75 : 0
  if (header === 0) return given
  const support = shapeSupports(shape, field)
  // The answers confirm a header or deny it; without answers the header alone decides.
  const judged = support === undefined ? header : header * (0.5 + 0.5 * support)
  return Math.max(given, judged) - (column.hidden ? 0.1 : 0)
}

const candidatesOf = (table: Table, today: DayDate): Candidate[] =>
  table.columns.flatMap((column) => {
    const shape = shapeOf(
      table.lines.map((line) => cellAt(line, column.index)),
      today,
    )
    const secret = fieldOfShape(shape) === 'refused'
    return waitingListFields
      .map((field) => ({ column, field, score: scoreOf(column, shape, field) }))
      .filter(({ field, score }) => score >= enough && (!secret || field === 'refused'))
  })

const assign = (candidates: readonly Candidate[]): Map<number, Candidate> => {
  const chosen = new Map<number, Candidate>()
  const taken = new Set<WaitingListField>()
  const surestFirst = candidates.toSorted((a, b) => b.score - a.score || a.column.index - b.column.index)
  for (const candidate of surestFirst) {
    const { column, field } = candidate
    if (chosen.has(column.index) || (taken.has(field) && !manyColumns.has(field))) continue
    chosen.set(column.index, candidate)
    taken.add(field)
  }
  return chosen
}

/** What no column gives, without which no line can open a search. */
const missing = (columns: readonly ColumnSuggestion[]): MappingProblem[] => {
  const has = (...fields: WaitingListField[]) => columns.some(({ field }) => field !== null && fields.includes(field))
  const problems: MappingProblem[] = []
  if (!has('birthName', 'lastName', 'fullName')) problems.push({ code: 'missing-name' })
  else if (!has('firstName', 'fullName')) problems.push({ code: 'missing-first-name' })
  const age = columns.find(({ field }) => field === 'age')
  if (!has('birthDate')) {
    problems.push(age ? { code: 'age-is-not-a-birth-date', header: age.header } : { code: 'missing-birth-date' })
  }
  if (!has('municipality', 'postalCode', 'municipalityCode', 'address')) problems.push({ code: 'missing-municipality' })
  return problems
}

const doubles = (candidates: readonly Candidate[], chosen: ReadonlyMap<number, Candidate>): MappingProblem[] =>
  [...chosen.values()].flatMap(({ column, field, score }): MappingProblem[] => {
    if (manyColumns.has(field)) return []
    const rivals = candidates.filter(
      (other) =>
        other.field === field &&
        other.column !== column &&
        score - other.score < close &&
        (chosen.get(other.column.index)?.score ?? 0) < other.score,
    )
    const headers = [column, ...rivals.map((rival) => rival.column)].map(({ header }) => header)
    return rivals.length > 0 ? [{ code: 'two-columns-for-one-field', field, headers }] : []
  })

/** Proposes what each column of a list holds, from its header and its answers, and says what is missing or doubtful. */
export function suggestMapping(table: Table, today: DayDate): MappingSuggestion {
  const candidates = candidatesOf(table, today)
  const chosen = assign(candidates)
  const columns = table.columns.map(({ index, header, hidden }): ColumnSuggestion => {
    const best = chosen.get(index)
    const others = candidates.filter(
      ({ column, field, score }) =>
        column.index === index && field !== best?.field && score > (best?.score ?? 0) - close,
    )
    const alternatives = others.toSorted((a, b) => b.score - a.score).map(({ field }) => field)
    return { index, header, hidden, field: best?.field ?? null, score: best?.score ?? 0, alternatives }
  })
  return { columns, problems: [...missing(columns), ...doubles(candidates, chosen)] }
}

/** The mapping that the suggestion amounts to when nobody changes it. */
export function mappingOf({ columns }: MappingSuggestion): Mapping {
  return new Map(columns.flatMap(({ index, field }) => (field === null ? [] : [[index, field] as const])))
}

/** Two columns that a person gave the same meaning, where one alone can hold it. */
const clashes = (columns: readonly ColumnSuggestion[]): MappingProblem[] =>
  waitingListFields.flatMap((field): MappingProblem[] => {
    const headers = columns.filter((column) => column.field === field).map(({ header }) => header)
    return manyColumns.has(field) || headers.length < 2 ? [] : [{ code: 'two-columns-for-one-field', field, headers }]
  })

/** The suggestion with the choices of a person in place of its own; doubts about other columns stay. */
export function withChoices(
  suggestion: MappingSuggestion,
  choiceOf: (column: ColumnSuggestion) => WaitingListField | null | undefined,
): MappingSuggestion {
  const decided = new Set<string>()
  const columns = suggestion.columns.map((column) => {
    const field = choiceOf(column)
    if (field === undefined) return column
    decided.add(column.header)
    return { ...column, field, score: 1, alternatives: [] }
  })
  const doubts = suggestion.problems.filter(
    (problem) => problem.code === 'two-columns-for-one-field' && !problem.headers.some((header) => decided.has(header)),
  )
  return { columns, problems: [...missing(columns), ...clashes(columns), ...doubts] }
}
