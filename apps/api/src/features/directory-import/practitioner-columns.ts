import { isDeepStrictEqual } from 'node:util'
import { isGeneralPractitionerSpecialty } from '@maillage/contracts/professions'
import { directoryWords, displayNameOf } from '../../kernel/practitioner-name.ts'
import type { SiteValues } from '../../kernel/practitioners/practice-site.store.ts'
import type { practitioners } from '../../kernel/tables/practitioner.table.ts'
import type { DirectoryEntry, DirectorySite } from './directory-entry.ts'

/** An entry with its places beside the first one, which are rows of their own. */
export type PractitionerRow = typeof practitioners.$inferSelect & { otherSites: SiteValues[] }

/** The columns that the national directory may fill. */
export type ImportedColumns = Pick<
  PractitionerRow,
  | 'lastName'
  | 'firstName'
  | 'gender'
  | 'profession'
  | 'isGeneralPractitioner'
  | 'specialty'
  | 'rpps'
  | 'adeli'
  | 'practiceName'
  | 'practiceLine'
  | 'practicePostalCode'
  | 'municipalityCode'
  | 'practicePhone'
  | 'practiceEmail'
  | 'otherSites'
>
type WrittenColumns = ImportedColumns & Pick<PractitionerRow, 'displayName' | 'search'>

// TRE_R22: locum (02, 03) and no care (04). A locum cannot be chosen as médecin traitant.
const withoutPatients = new Set(['GENR02', 'GENR03', 'GENR04'])
const hasPatients = ({ activityKind }: DirectorySite): boolean => !withoutPatients.has(activityKind ?? '')

// Where patients are received comes first, then the own practice before a salaried post.
const rankOf = (site: DirectorySite): number => (hasPatients(site) ? 2 : 0) + (site.practiceMode === 'L' ? 1 : 0)

// The extraction says nothing of access nor of hours.
const otherSiteOf = ({ name, address, postalCode, municipalityCode, phone }: DirectorySite): SiteValues => ({
  name: name ?? null,
  line: address || null,
  postalCode: postalCode ?? null,
  municipalityCode,
  phone: phone ?? null,
  accessible: null,
  hours: null,
})

const specialtyOf = ({ specialties, isGeneralPractitioner }: DirectoryEntry): string | null => {
  const codes = specialties.map(({ code }) => code)
  const general = isGeneralPractitioner ? codes.find(isGeneralPractitionerSpecialty) : undefined
  // A skill beside the specialties (a diploma, an exclusive practice) speaks only when nothing else does.
  return general ?? codes.find((code) => /^S(M|I|CD)\d/.test(code)) ?? codes[0] ?? null
}

/** What the directory says of somebody, as the columns of their entry. */
export function columnsOf(entry: DirectoryEntry): ImportedColumns {
  const [main, ...others] = entry.sites.toSorted((a, b) => rankOf(b) - rankOf(a))
  if (!main) throw new Error('A directory entry without a place of practice reached the import')
  return {
    lastName: entry.lastName,
    firstName: entry.firstName,
    gender: entry.sex === 'unknown' ? null : entry.sex,
    profession: entry.profession,
    isGeneralPractitioner: entry.isGeneralPractitioner && entry.sites.some(hasPatients),
    specialty: specialtyOf(entry),
    rpps: entry.rpps ?? null,
    adeli: entry.adeli ?? null,
    practiceName: main.name ?? null,
    practiceLine: main.address || null,
    practicePostalCode: main.postalCode ?? null,
    municipalityCode: main.municipalityCode,
    practicePhone: main.phone ?? null,
    practiceEmail: main.email ?? null,
    otherSites: others.map(otherSiteOf),
  }
}

/** The name that people read and the words by which they find it follow from the other columns. */
export function withNames<Columns extends Omit<ImportedColumns, 'otherSites'>>(
  columns: Columns,
): Columns & Pick<PractitionerRow, 'displayName' | 'search'> {
  return { ...columns, displayName: displayNameOf(columns), search: directoryWords(columns) }
}

// A column may be listed under its name in the code or in the table: practicePhone, practice_phone.
const plain = (column: string): string => column.replaceAll('_', '').toLowerCase()

/** The columns of a known entry that the directory changes; what a person entered is never among them. */
export function changesOf(known: PractitionerRow, given: ImportedColumns): Partial<WrittenColumns> {
  const entered = new Set(known.enteredByPerson.map(plain))
  const kept = Object.fromEntries(Object.entries(known).filter(([column]) => entered.has(plain(column))))
  // An identifier that this file does not give is not taken away: ADELI numbers give way to RPPS one by one.
  const identifiers = { rpps: given.rpps ?? known.rpps, adeli: given.adeli ?? known.adeli }
  const wanted: WrittenColumns = { ...withNames({ ...given, ...identifiers, ...kept }), ...kept }
  const changed = Object.entries(wanted).filter(
    ([column, value]) =>
      // `wanted` is made of columns of the entry and of nothing else, which Object.entries forgets.
      !isDeepStrictEqual(known[column as keyof WrittenColumns], value) && !entered.has(plain(column)),
  )
  return Object.fromEntries(changed)
}
