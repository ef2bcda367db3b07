import { GpSearchDetails } from '@maillage/contracts/gp-search'
import type { DayDate } from '@maillage/contracts/kit/dates'
import { PatientDetails } from '@maillage/contracts/patients'
import type { WaitingListField } from '@maillage/contracts/waiting-list-imports'
import type { MunicipalityFinder } from '../../kernel/patients/municipality-finder.ts'

import type { Table } from './find-table.ts'
import { type LineReader, lineReader } from './line-reader.ts'
import { readAddress, readBirthDate, readDay, readEmail, readName, readPhones, readSex } from './parse-patient.ts'
import { parseDays, parseList, parseLossReason, parseYesNo } from './parse-values.ts'
import type { LineWarning, Refusal } from './refusals.ts'
import type { SheetLine } from './sheets/sheet.ts'
import type { Mapping } from './suggest-mapping.ts'

/** A search ready to be opened; `registeredAt` keeps the seniority that the person had on the list. */
export type GpSearchDraft = {
  patient: PatientDetails
  details: GpSearchDetails
  registeredAt?: DayDate
  hasConsent: boolean
}

export type ParsedLine =
  | { line: number; draft: GpSearchDraft; warnings: LineWarning[] }
  | { line: number; refusals: Refusal[] }

export type LineContext = {
  columns: Table['columns']
  mapping: Mapping
  municipalities: MunicipalityFinder
  today: DayDate
}

type YesNoField = Extract<
  WaitingListField,
  | 'hasLongTermCondition'
  | 'solidarityCover'
  | 'disabledAdultAllowance'
  | 'homebound'
  | 'canTravel'
  | 'livesAlone'
  | 'pregnancyOrInfant'
>

const readYesNo = (reader: LineReader, field: YesNoField): boolean | undefined => {
  const written = reader.written(field)
  const answer = parseYesNo(written.cell.text)
  // « oui (diabète) » answers, and says more: both are kept.
  if (answer === 'unreadable' || (answer !== undefined && written.cell.text.includes(' '))) reader.keep(written)
  return answer === 'unreadable' ? undefined : answer
}

// Two columns may ask it the two ways round; that somebody needs a visit is said louder.
const readHomebound = (reader: LineReader): boolean | undefined => {
  const homebound = readYesNo(reader, 'homebound')
  const canTravel = readYesNo(reader, 'canTravel')
  return homebound ?? (canTravel === undefined ? undefined : !canTravel)
}

const readPreviousGp = (reader: LineReader): GpSearchDetails['previousGp'] => {
  const name = reader.written('previousGp')
  const reason = reader.written('lossReason')
  const answered = parseYesNo(name.cell.text)
  if (answered === false && !reason.cell.text) return undefined
  const lossReason = parseLossReason(reason.cell.text) ?? parseLossReason(name.cell.text)
  if (reason.cell.text && !parseLossReason(reason.cell.text)) reader.keep(reason)
  if (!name.cell.text) return lossReason && { lossReason }
  if (name.cell.text.length > 120 || answered === true) reader.keep(name)
  const isName = answered === 'unreadable' && name.cell.text.length <= 120
  return { name: isName ? name.cell.text : undefined, lossReason: lossReason ?? 'other' }
}

const readDaysLeft = (reader: LineReader): number | undefined => {
  const written = reader.written('treatmentDaysLeft')
  const days = parseDays(written.cell.text)
  if (days === undefined && written.cell.text) reader.keep(written)
  return days
}

const readContacted = (reader: LineReader): string[] | undefined => {
  const written = reader.written('doctorsAlreadyContacted')
  const names = parseList(written.cell.text)
  const isNames = names.every((name) => /\p{L}{3}/u.test(name) && name.length <= 160) && names.length <= 20
  if (names.length === 0) return undefined
  if (isNames && parseYesNo(written.cell.text) === 'unreadable') return names
  reader.keep(written)
  return undefined
}

/** True when the list says so; nothing said is no consent told, and a « non » refuses the line. */
const readConsent = (reader: LineReader): boolean => {
  const written = reader.written('consent')
  const answer = parseYesNo(written.cell.text)
  if (answer === false) reader.refuse('consent-refused', written)
  if (answer === 'unreadable') reader.keep(written)
  return answer === true
}

const readDetails = (reader: LineReader): GpSearchDetails => {
  const facts = {
    hasLongTermCondition: readYesNo(reader, 'hasLongTermCondition'),
    solidarityCover: readYesNo(reader, 'solidarityCover'),
    disabledAdultAllowance: readYesNo(reader, 'disabledAdultAllowance'),
    homebound: readHomebound(reader),
    livesAlone: readYesNo(reader, 'livesAlone'),
    pregnancyOrInfant: readYesNo(reader, 'pregnancyOrInfant'),
    treatmentDaysLeft: readDaysLeft(reader),
    previousGp: readPreviousGp(reader),
    doctorsAlreadyContacted: readContacted(reader),
  }
  const remarks = reader.all('freeText').map(({ cell }) => cell.text)
  return { ...facts, freeText: remarks.join('\n') || undefined }
}

const withNotes = (details: GpSearchDetails, notes: readonly string[]): GpSearchDetails => ({
  ...details,
  freeText: [details.freeText, ...notes].filter((text) => text !== undefined).join('\n') || undefined,
})

// What only the contract refuses: a name of two hundred letters, notes longer than a page.
const tooLong = (columns: LineContext['columns'], mapping: Mapping, path: string): Refusal => {
  const column = columns.find(({ index }) => mapping.get(index) === path)
  return { code: 'too-long', column: column?.header ?? path }
}

/** One line of a waiting list → a search to open, or everything that must be corrected before it can be. */
export function parseLine(line: SheetLine, context: LineContext): ParsedLine {
  const { columns, mapping, municipalities, today } = context
  const reader = lineReader(line, columns, mapping)
  const name = readName(reader)
  const birthDate = readBirthDate(reader, today)
  const address = readAddress(reader, municipalities)
  const registeredAt = readDay(reader, 'registeredAt', today, 'recent')
  const sex = readSex(reader, name?.sex)
  const phones = readPhones(reader)
  const email = readEmail(reader)
  const details = readDetails(reader)
  const hasConsent = readConsent(reader)
  if (reader.refusals.length > 0 || !name || !birthDate || !address)
    return { line: line.number, refusals: reader.refusals }
  const { birthName, lastName, firstName } = name
  const patient = PatientDetails.safeParse({ birthName, lastName, firstName, birthDate, sex, phones, email, address })
  const facts = GpSearchDetails.safeParse(withNotes(details, reader.notes))
  if (patient.success && facts.success) {
    return {
      line: line.number,
      draft: { patient: patient.data, details: facts.data, registeredAt, hasConsent },
      warnings: reader.warnings,
    }
  }
  const issues = [...(patient.error?.issues ?? []), ...(facts.error?.issues ?? [])]
  return { line: line.number, refusals: issues.map(({ path }) => tooLong(columns, mapping, String(path.at(-1)))) }
}
