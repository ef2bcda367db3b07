import type { ImportMappingProblem, WaitingListImport } from '@maillage/contracts/waiting-list-imports'
import type { MunicipalityFinder } from '../../../kernel/patients/municipality-finder.ts'
import { cellAt } from '../find-table.ts'
import { type ParsedLine, parseLine } from '../parse-line.ts'
import { writeRejectedLines } from '../rejected-lines.ts'
import type { MappingProblem } from '../suggest-mapping.ts'
import { type GivenList, readGivenList } from './given-list.ts'
import { type GivenFile, type ListAnswers, type ListQuestion, type ListShape, linesAtOnce } from './list-requests.ts'
import { previewList } from './preview-list.ts'

/** Reads a list and answers one question about it; 422 with the cause when the file holds none. */
export function answerList<Question extends ListQuestion>(
  file: GivenFile,
  question: Question,
  municipalities: () => MunicipalityFinder,
): ListAnswers[Question['ask']] {
  const list = readGivenList(file)
  const answers = {
    shape: () => shapeOf(list),
    preview: () => previewList(list, { municipalities: municipalities(), today: file.today }),
    rejected: () => writeRejectedLines(list.table, new Map(question.ask === 'rejected' ? question.refused : [])),
  }
  // Each question has its own answer in this record, which its type does not follow.
  return answers[question.ask]() as ListAnswers[Question['ask']]
}

/** Reads a list, then its lines some at a time: what was handed over is let go. */
export function* parseSome(
  file: GivenFile,
  municipalities: () => MunicipalityFinder,
): Generator<readonly ParsedLine[], undefined> {
  const { table, mapping } = readGivenList(file)
  const context = { columns: table.columns, mapping, municipalities: municipalities(), today: file.today }
  const lines = table.lines.toReversed()
  while (lines.length > 0) {
    yield lines
      .splice(-linesAtOnce)
      .toReversed()
      .map((line) => parseLine(line, context))
  }
}

const shapeOf = (list: GivenList): ListShape => ({
  sheet: list.sheet,
  sheets: [...list.sheets],
  headerLine: list.table.headerLine,
  lines: list.table.lines.length,
  columns: columnsOf(list),
  problems: list.suggestion.problems.map(describeProblem),
})

const samples = 3

function columnsOf({ table, suggestion }: GivenList): WaitingListImport['columns'] {
  return suggestion.columns.map(({ index, header, hidden, field, score, alternatives }) => ({
    index,
    header,
    hidden,
    field,
    score,
    alternatives,
    samples: samplesOf(table, index),
  }))
}

function samplesOf(table: GivenList['table'], index: number): string[] {
  const found = new Set<string>()
  for (const line of table.lines) {
    const { text } = cellAt(line, index)
    if (text !== '') found.add(text.slice(0, 60))
    if (found.size === samples) break
  }
  return [...found]
}

function describeProblem(problem: MappingProblem): ImportMappingProblem {
  const { code } = problem
  if (code === 'two-columns-for-one-field') return { code, field: problem.field, headers: problem.headers }
  return { code, field: null, headers: 'header' in problem ? [problem.header] : [] }
}
