import type { DayDate } from '@maillage/contracts/kit/dates'
import type { ImportPreview, PreviewLine, RefusalCode } from '@maillage/contracts/waiting-list-imports'
import type { MunicipalityFinder } from '../../../kernel/patients/municipality-finder.ts'
import { type ParsedLine, parseLine } from '../parse-line.ts'
import { describeRefusal } from '../refusals.ts'
import type { GivenList } from './given-list.ts'

const shown = 20
const firstLines = 5

/** What a list would give, line by line, before anything is written; who is already there is for the import to tell. */
export function previewList(
  { table, mapping }: GivenList,
  { municipalities, today }: { municipalities: MunicipalityFinder; today: DayDate },
): ImportPreview {
  const context = { columns: table.columns, mapping, municipalities, today }
  const parsed = table.lines.map((line) => parseLine(line, context))
  const refused = parsed.flatMap((line) => ('refusals' in line ? [line] : []))
  // The refused ones first: they are what the mapping may still mend.
  const worthSeeing = [...refused.slice(0, shown / 2), ...parsed.filter((line) => 'draft' in line)].slice(0, shown)
  return {
    readable: parsed.length - refused.length,
    refused: refused.length,
    refusedBy: countByCode(refused),
    ignored: table.ignored.map(({ number, cause }) => ({ line: number, cause })),
    items: worthSeeing.map((line) => describe(line, municipalities)).toSorted((a, b) => a.line - b.line),
  }
}

function countByCode(refused: readonly Extract<ParsedLine, { refusals: unknown }>[]): ImportPreview['refusedBy'] {
  const lines = new Map<RefusalCode, number[]>()
  for (const { line, refusals } of refused) {
    for (const code of new Set(refusals.map((refusal) => refusal.code)))
      lines.set(code, [...(lines.get(code) ?? []), line])
  }
  return [...lines]
    .map(([code, numbers]) => ({ code, count: numbers.length, firstLines: numbers.slice(0, firstLines) }))
    .toSorted((a, b) => b.count - a.count)
}

function describe(parsed: ParsedLine, municipalities: MunicipalityFinder): PreviewLine {
  const { line } = parsed
  if ('refusals' in parsed) return { ...nobody, line, refusals: parsed.refusals.map(describeRefusal) }
  const { patient, registeredAt } = parsed.draft
  const code = patient.address.municipality
  return {
    line,
    displayName: `${patient.firstName} ${patient.lastName ?? patient.birthName}`,
    birthDate: patient.birthDate,
    municipality: municipalities.byCode(code)?.name ?? code,
    registeredAt: registeredAt ?? null,
    keptAsNote: [...new Set(parsed.warnings.map(({ column }) => column))],
    refusals: [],
  }
}

const nobody = {
  displayName: null,
  birthDate: null,
  municipality: null,
  registeredAt: null,
  keptAsNote: [],
} satisfies Partial<PreviewLine>
