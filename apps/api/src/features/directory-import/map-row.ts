import { Finess, Rpps } from '@maillage/contracts/kit/identifiers'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import { type Profession, professionOf } from '@maillage/contracts/professions'
import type { DirectoryColumn } from './directory-columns.ts'
import type { DirectoryEntry, DirectorySite, DirectorySpecialty, SkipCause } from './directory-entry.ts'
import type { DirectoryRow } from './read-directory.ts'

export type RowPerson = {
  key: string
  identity: Pick<DirectoryEntry, 'rpps' | 'adeli' | 'title' | 'sex' | 'lastName' | 'firstName'>
  profession: Profession
  specialty: DirectorySpecialty | undefined
}

// A piece of a long text keeps the whole text alive: a few kept names would hold the whole file in memory.
const own = (text: string): string | undefined => (text === '' ? undefined : Buffer.from(text, 'utf8').toString('utf8'))

// First names come in capitals: « JEAN-MARIE » is shown « Jean-Marie ». Last names stay in capitals, as is the custom.
const capitalised = (name: string): string =>
  name
    .toLocaleLowerCase('fr')
    .replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase('fr'))

const sexByCivility: Readonly<Record<string, DirectoryEntry['sex']>> = { M: 'male', MME: 'female', MLLE: 'female' }

const identifierOf = (row: DirectoryRow): { rpps: string } | { adeli: string } | SkipCause => {
  const identifier = row.get('identifier')
  switch (row.get('identifierType')) {
    case '8': {
      // The national form puts the type before the number: 8 then the eleven digits.
      const rpps = /^8\d{11}$/.test(identifier) ? identifier.slice(1) : identifier
      return Rpps.safeParse(rpps).success ? { rpps: own(rpps) ?? rpps } : 'bad-identifier'
    }
    case '0':
      return /^\d[\dAB]\d{7}$/.test(identifier) ? { adeli: own(identifier) ?? identifier } : 'bad-identifier'
    default:
      return 'unknown-identifier-type'
  }
}

/** Who a row speaks of, or why it gives nobody. */
export function personOf(row: DirectoryRow): RowPerson | SkipCause {
  const identifier = identifierOf(row)
  if (typeof identifier === 'string') return identifier
  const lastName = own(row.get('lastName'))
  if (!lastName) return 'missing-name'
  const profession = professionOf(row.get('professionCode'))
  if (!profession) return 'unknown-profession'
  const code = own(row.get('skillCode').toUpperCase())
  return {
    key: 'rpps' in identifier ? `8${identifier.rpps}` : `0${identifier.adeli}`,
    identity: {
      ...identifier,
      title: own(row.get('title')),
      sex: sexByCivility[row.get('civility').toUpperCase()] ?? 'unknown',
      lastName,
      firstName: own(capitalised(row.get('firstName'))) ?? '',
    },
    profession,
    specialty: code ? { code, label: own(row.get('skillLabel')) ?? code } : undefined,
  }
}

const joined = (row: DirectoryRow, separator: string, columns: readonly DirectoryColumn[]): string =>
  columns
    .map((column) => row.get(column))
    .filter((text) => text !== '')
    .join(separator)

const emailOf = (text: string): string | undefined =>
  /^[^\s@|]+@[^\s@]+\.[a-z]{2,}$/i.test(text) ? own(text.toLowerCase()) : undefined

const firstPhone = (row: DirectoryRow): string | undefined => toE164(row.get('phone')) ?? toE164(row.get('secondPhone'))

/** The place of practice that a row describes, in a commune already found. */
export function siteOf(row: DirectoryRow, municipalityCode: string): DirectorySite {
  const street = joined(row, ' ', ['streetNumber', 'streetRepetition', 'streetType', 'streetName'])
  const lines = [joined(row, ', ', ['recipientComplement', 'placeComplement']), street, row.get('distribution')]
  const finess = row.get('finess').toUpperCase()
  const postalCode = row.get('postalCode')
  return {
    siret: /^\d{14}$/.test(row.get('siret')) ? own(row.get('siret')) : undefined,
    finess: Finess.safeParse(finess).success ? own(finess) : undefined,
    name: own(row.get('tradeName') || row.get('companyName')),
    address: own(lines.filter((line) => line !== '').join(', ')),
    postalCode: /^\d{5}$/.test(postalCode) ? own(postalCode) : undefined,
    municipalityCode,
    phone: firstPhone(row),
    email: emailOf(row.get('email')),
    practiceMode: own(row.get('practiceMode')),
    activityKind: own(row.get('activityKind')),
  }
}

/** Two rows with the same place differ only by a skill. The structure's own identifier is the surest sign. */
export function sitePlaceOf(row: DirectoryRow, site: DirectorySite): string {
  const place = row.get('structureId') || site.finess || site.siret || `${site.address ?? ''} ${site.postalCode ?? ''}`
  const key = `${place} ${site.municipalityCode}`
  return own(key) ?? key
}
