import type { DayDate } from '@maillage/contracts/kit/dates'
import type { Sex } from '@maillage/contracts/patients'
import type { WaitingListField } from '@maillage/contracts/waiting-list-imports'
import * as z from 'zod'
import type { MunicipalityFinder } from '../../kernel/patients/municipality-finder.ts'

import type { LineReader, Written } from './line-reader.ts'
import { parseDay, type TwoFigureYear } from './parse-day.ts'
import { parseFullName, parseLastName, type WrittenName } from './parse-name.ts'
import { parsePhones, parseSex } from './parse-values.ts'

/** The day of a field, or undefined once the refusal is noted. No day of a waiting list lies ahead. */
export function readDay(
  reader: LineReader,
  field: WaitingListField,
  today: DayDate,
  rule: TwoFigureYear,
): DayDate | undefined {
  const written = reader.written(field)
  if (written.cell.text === '') return undefined
  const parsed = parseDay(written.cell, today, rule)
  if ('problem' in parsed) reader.refuse(parsed.problem, written)
  else if (parsed.day > today) reader.refuse('future-date', written)
  else return parsed.day
  return undefined
}

const oldest = 120

/** The day of birth; an age or a year does not tell two people of one name apart. */
export function readBirthDate(reader: LineReader, today: DayDate): DayDate | undefined {
  const day = readDay(reader, 'birthDate', today, 'birth')
  const written = reader.written('birthDate')
  if (day && Number(today.slice(0, 4)) - Number(day.slice(0, 4)) > oldest) reader.refuse('too-old', written)
  if (written.cell.text === '') reader.refuse(reader.text('age') ? 'age-is-not-a-birth-date' : 'missing-birth-date')
  return day
}

const nameOf = (reader: LineReader): WrittenName | undefined => {
  const full = reader.written('fullName')
  const last = reader.written('lastName')
  const birth = reader.written('birthName')
  if (full.cell.text !== '' && last.cell.text === '' && birth.cell.text === '') {
    // « Nom » and « Prénom » may both be asked beside a column that some filled with both.
    const first = reader.text('firstName')
    return first ? { ...parseLastName(full.cell.text), firstName: first } : parseFullName(full.cell.text)
  }
  const named = parseLastName(last.cell.text)
  const born = parseLastName(birth.cell.text)
  const birthName = born.birthName ?? (born.lastName || named.birthName)
  return { ...named, birthName, sex: named.sex ?? born.sex, firstName: reader.text('firstName') }
}

export type ReadName = { birthName: string; lastName?: string; firstName: string; sex?: Sex }

/** The names: birth name when it is told, the last name otherwise, since a list rarely asks for both. */
export function readName(reader: LineReader): ReadName | undefined {
  const written = [reader.written('fullName'), reader.written('lastName'), reader.written('birthName')]
  const from = written.find(({ cell }) => cell.text !== '')
  if (!from) {
    reader.refuse('missing-name')
    return undefined
  }
  const name = nameOf(reader)
  if (!name) {
    reader.refuse('ambiguous-name', from)
    return undefined
  }
  if (!name.firstName) {
    reader.refuse('missing-first-name')
    return undefined
  }
  if (name.orderAssumed) reader.warn('name-order-assumed', from)
  const birthName = name.birthName || name.lastName || ''
  const lastName = name.lastName && name.lastName !== birthName ? name.lastName : undefined
  return { birthName, lastName, firstName: name.firstName, sex: name.sex }
}

/** The sex told by its column, otherwise by the civility before a name; what is not understood is kept. */
export function readSex(reader: LineReader, byName: Sex | undefined): Sex {
  const written = reader.written('sex')
  const sex = parseSex(written.cell.text)
  if (!sex && written.cell.text !== '') reader.keep(written)
  return sex ?? byName ?? 'unknown'
}

const maxPhones = 4
const isMobile = (phone: string): boolean => /^\+33[67]|^\+262(?:69|639)|^\+5(?:90|94|96)69/.test(phone)

/** Phones in E.164, mobiles first, four at most; what cannot be dialled is kept as a note, never thrown away. */
export function readPhones(reader: LineReader): string[] {
  const read = reader.all('phone').map((written) => ({ written, ...parsePhones(written.cell.text) }))
  for (const { written, rest } of read) if (/[\p{L}\d]/u.test(rest)) reader.keep(written)
  const phones = [...new Set(read.flatMap((one) => one.phones))]
  const mobilesFirst = [...phones.filter(isMobile), ...phones.filter((phone) => !isMobile(phone))]
  for (const spare of mobilesFirst.slice(maxPhones)) reader.keep({ column: 'Téléphone', cell: { text: spare } })
  return mobilesFirst.slice(0, maxPhones)
}

const Email = z.email().max(200)

/** The address of mail, or undefined when it has a fault: the words are then kept. */
export function readEmail(reader: LineReader): string | undefined {
  const written = reader.written('email')
  if (written.cell.text === '') return undefined
  const email = Email.safeParse(written.cell.text.replace(/^mailto:/i, '').toLowerCase())
  if (!email.success) reader.keep(written)
  return email.data
}

export type ReadAddress = { line?: string; postalCode?: string; municipality: string }

// « 33000 Bordeaux » in one column, or at the end of a whole address.
const postalAndTown = (text: string): { before: string; postalCode: string; town: string } | undefined => {
  const [, before = '', postalCode, town = ''] = /^(.*?)[\s,;-]*\b(\d{5})\b[\s,;-]*(.*)$/.exec(text) ?? []
  return postalCode ? { before, postalCode, town } : undefined
}

const writtenPlace = (reader: LineReader) => {
  const municipality = reader.written('municipality')
  const address = reader.written('address')
  const inTown = postalAndTown(municipality.cell.text)
  const column = reader.text('postalCode').replace(/\s/g, '')
  // A spreadsheet eats the zero of « 01000 ».
  const given = /^\d{4}$/.test(column) ? `0${column}` : column
  const inAddress = given || municipality.cell.text ? undefined : postalAndTown(address.cell.text)
  const from: Written =
    [municipality, reader.written('postalCode'), address].find(({ cell }) => cell.text !== '') ?? municipality
  return {
    from,
    code: reader.text('municipalityCode'),
    postalCode: given || inTown?.postalCode || inAddress?.postalCode || '',
    name: inTown ? inTown.town || inTown.before : municipality.cell.text || (inAddress?.town ?? ''),
    line: inAddress ? inAddress.before : address.cell.text,
  }
}

/** The address, with the commune that its name and postal code lead to: refused rather than guessed. */
export function readAddress(reader: LineReader, municipalities: MunicipalityFinder): ReadAddress | undefined {
  const { from, code, postalCode, name, line } = writtenPlace(reader)
  const match = municipalities.find({ code, postalCode, name })
  if (match.found) {
    const known = /^\d{5}$/.test(postalCode) ? postalCode : undefined
    return { line: line || undefined, postalCode: known, municipality: match.found.code }
  }
  const candidates = match.candidates.slice(0, 5).map((one) => `${one.name} ${one.postalCodes[0] ?? ''}`.trim())
  if (match.cause === 'nothing-written') reader.refuse('missing-municipality')
  else reader.refuse(match.cause === 'ambiguous' ? 'ambiguous-municipality' : 'unknown-municipality', from, candidates)
  return undefined
}
