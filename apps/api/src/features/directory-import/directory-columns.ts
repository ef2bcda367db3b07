import { foldName } from '@maillage/contracts/kit/identifiers'

/**
 * Columns of the public extraction that we read, by their official header. The layout has changed over the years and
 * will again: a column is found by its name, never by its place.
 */
export const directoryColumns = {
  identifierType: "Type d'identifiant PP",
  identifier: 'Identifiant PP',
  title: "Libellé civilité d'exercice",
  civility: 'Code civilité',
  lastName: "Nom d'exercice",
  firstName: "Prénom d'exercice",
  professionCode: 'Code profession',
  skillType: 'Code type savoir-faire',
  skillCode: 'Code savoir-faire',
  skillLabel: 'Libellé savoir-faire',
  practiceMode: 'Code mode exercice',
  siret: 'Numéro SIRET site',
  finess: 'Numéro FINESS site',
  structureId: 'Identifiant technique de la structure',
  companyName: 'Raison sociale site',
  tradeName: 'Enseigne commerciale site',
  recipientComplement: 'Complément destinataire (coord. structure)',
  placeComplement: 'Complément point géographique (coord. structure)',
  streetNumber: 'Numéro Voie (coord. structure)',
  streetRepetition: 'Indice répétition voie (coord. structure)',
  streetType: 'Libellé type de voie (coord. structure)',
  streetName: 'Libellé Voie (coord. structure)',
  distribution: 'Mention distribution (coord. structure)',
  postalCode: 'Code postal (coord. structure)',
  municipalityCode: 'Code commune (coord. structure)',
  municipalityName: 'Libellé commune (coord. structure)',
  phone: 'Téléphone (coord. structure)',
  secondPhone: 'Téléphone 2 (coord. structure)',
  email: 'Adresse e-mail (coord. structure)',
  activityKind: 'Code genre activité',
} as const
export type DirectoryColumn = keyof typeof directoryColumns

// Without one of these a file is another file. The others only make an entry poorer.
const requiredColumns: readonly DirectoryColumn[] = [
  'identifierType',
  'identifier',
  'lastName',
  'firstName',
  'professionCode',
  'skillCode',
  'postalCode',
  'municipalityCode',
]

/** The file is not an extraction of persons and activities, or a column that we cannot do without has gone. */
export class DirectoryHeaderError extends Error {
  readonly missing: readonly string[]

  constructor(missing: readonly string[]) {
    super(`The directory file lacks the column(s): ${missing.join(', ')}`)
    this.name = 'DirectoryHeaderError'
    this.missing = missing
  }
}

export type DirectoryLayout = { places: ReadonlyMap<DirectoryColumn, number>; width: number }

/** Where each column stands in this file. Case, accents and punctuation of the header do not count. */
export function readLayout(header: string): DirectoryLayout {
  const names = header.split('|').map((name) => foldName(name))
  const width = names.findLastIndex((name) => name !== '') + 1
  const places = new Map<DirectoryColumn, number>()
  for (const [column, official] of Object.entries(directoryColumns)) {
    const place = names.indexOf(foldName(official))
    // Object.entries forgets that its keys are those of the object.
    if (place >= 0) places.set(column as DirectoryColumn, place)
  }
  const missing = requiredColumns.filter((column) => !places.has(column))
  if (missing.length > 0) throw new DirectoryHeaderError(missing.map((column) => directoryColumns[column]))
  return { places, width }
}
