/**
 * Writes a file in the layout of the public extraction « PS_LibreAcces_Personne_activite », with invented people, always
 * the same for the same arguments: `tsx test/generate-directory-file.ts <file> <megabytes> [older|newer]`.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { readMunicipalities } from '../seeds/reference/read-municipalities.ts'

const olderHeader = [
  "Type d'identifiant PP",
  'Identifiant PP',
  'Identification nationale PP',
  "Code civilité d'exercice",
  "Libellé civilité d'exercice",
  'Code civilité',
  'Libellé civilité',
  "Nom d'exercice",
  "Prénom d'exercice",
  'Code profession',
  'Libellé profession',
  'Code catégorie professionnelle',
  'Libellé catégorie professionnelle',
  'Code type savoir-faire',
  'Libellé type savoir-faire',
  'Code savoir-faire',
  'Libellé savoir-faire',
  'Code mode exercice',
  'Libellé mode exercice',
  'Numéro SIRET site',
  'Numéro SIREN site',
  'Numéro FINESS site',
  'Numéro FINESS établissement juridique',
  'Identifiant technique de la structure',
  'Raison sociale site',
  'Enseigne commerciale site',
  'Complément destinataire (coord. structure)',
  'Complément point géographique (coord. structure)',
  'Numéro Voie (coord. structure)',
  'Indice répétition voie (coord. structure)',
  'Code type de voie (coord. structure)',
  'Libellé type de voie (coord. structure)',
  'Libellé Voie (coord. structure)',
  'Mention distribution (coord. structure)',
  'Bureau cedex (coord. structure)',
  'Code postal (coord. structure)',
  'Code commune (coord. structure)',
  'Libellé commune (coord. structure)',
  'Code pays (coord. structure)',
  'Libellé pays (coord. structure)',
  'Téléphone (coord. structure)',
  'Téléphone 2 (coord. structure)',
  'Télécopie (coord. structure)',
  'Adresse e-mail (coord. structure)',
  'Code Département (structure)',
  'Libellé Département (structure)',
  'Ancien identifiant de la structure',
  "Autorité d'enregistrement",
  "Code secteur d'activité",
  "Libellé secteur d'activité",
  'Code section tableau pharmaciens',
  'Libellé section tableau pharmaciens',
] as const
const newerColumns = ['Code rôle', 'Libellé rôle', 'Code genre activité', 'Libellé genre activité'] as const
type Column = (typeof olderHeader)[number] | (typeof newerColumns)[number]

export type DirectoryLayoutName = 'older' | 'newer'
export type DirectoryCells = Partial<Record<Column, string>>

const columnsOf = (layout: DirectoryLayoutName): readonly Column[] =>
  layout === 'older' ? olderHeader : [...olderHeader, ...newerColumns]

/** The header of a layout; like every line of the extraction, it ends with a delimiter. */
export const directoryHeader = (layout: DirectoryLayoutName): string => `${columnsOf(layout).join('|')}|`

/** A line of a layout from the cells that matter. */
export const directoryLine = (layout: DirectoryLayoutName, cells: DirectoryCells): string =>
  `${columnsOf(layout)
    .map((column) => cells[column] ?? '')
    .join('|')}|`

/** A general practitioner in Bordeaux, from whom a test changes what it is about. */
export const aDirectoryRow: DirectoryCells = {
  "Type d'identifiant PP": '8',
  'Identifiant PP': '10000000001',
  'Identification nationale PP': '810000000001',
  "Code civilité d'exercice": 'DR',
  "Libellé civilité d'exercice": 'Docteur',
  'Code civilité': 'MME',
  "Nom d'exercice": 'VALMORIN',
  "Prénom d'exercice": 'ANNE-LISE',
  'Code profession': '10',
  'Libellé profession': 'Médecin',
  'Code type savoir-faire': 'S',
  'Code savoir-faire': 'SM54',
  'Libellé savoir-faire': 'Médecine Générale',
  'Code mode exercice': 'L',
  'Numéro SIRET site': '12345678900012',
  'Identifiant technique de la structure': 'C100',
  'Raison sociale site': 'CABINET DU QUAI',
  'Numéro Voie (coord. structure)': '2',
  'Libellé type de voie (coord. structure)': 'Rue',
  'Libellé Voie (coord. structure)': 'DES TILLEULS',
  'Code postal (coord. structure)': '33000',
  'Code commune (coord. structure)': '33063',
  'Libellé commune (coord. structure)': 'Bordeaux',
  'Téléphone (coord. structure)': '0556000001',
  'Adresse e-mail (coord. structure)': 'Cabinet@Exemple.fr',
}

// Mulberry32: thirty-two bits of state are enough for invented people, and the same on every machine.
const randomOf = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const starts = ['VAL', 'MOR', 'TEL', 'BRAN', 'COR', 'LUS', 'PER', 'GAR', 'SOL', 'FAB', 'ROC', 'ESPA', 'ARN', 'DUR']
const middles = ['MO', 'VI', 'TE', 'LA', 'RI', 'GNO', 'SSE', 'NDE', 'CHA', 'QUE']
const ends = ['RIN', 'LET', 'VILLE', 'NOT', 'GNAC', 'RAND', 'TTE', 'SSON', 'VAL', 'DÈS', 'LLIÈRE']
const firstNames = [
  'ANNE-LISE',
  'BRUNO',
  'CÉLINE',
  'DENIS',
  'ÉLODIE',
  'FARID',
  'GAËLLE',
  'HUGO',
  'INÈS',
  'JULES',
  'LÉA',
]
const skills: readonly (readonly [string, string, string])[] = [
  ['10', 'SM54', 'Médecine Générale'],
  ['10', 'SM53', 'Spécialiste en Médecine Générale'],
  ['10', 'SM26', 'Qualifié en Médecine Générale'],
  ['10', 'SM04', 'Cardiologie et maladies vasculaires'],
  ['60', '', ''],
  ['60', 'SI01', 'Pathologies chroniques stabilisées'],
  ['70', '', ''],
  ['21', '', ''],
  ['40', '', ''],
  ['91', '', ''],
  ['50', '', ''],
]

export type GeneratedMunicipality = { code: string; name: string; postalCode: string }
export type Generation = {
  rows: number
  municipalities: readonly GeneratedMunicipality[]
  layout?: DirectoryLayoutName
  seed?: number
}

/** The lines of a file, header first: people of one to three rows each, mostly adjacent, one in fifty again much later. */
export function* generateDirectoryLines({
  rows,
  municipalities,
  layout = 'newer',
  seed = 1,
}: Generation): Generator<string> {
  const random = randomOf(seed)
  const pick = <T>(of: readonly T[]): T => {
    const found = of[Math.floor(random() * of.length)]
    if (found === undefined) throw new Error('Nothing to pick from')
    return found
  }
  yield directoryHeader(layout)
  for (let written = 0, person = 0; written < rows; person += 1) {
    const again = person > 100 && random() < 0.02
    const number = again ? person - 100 : person
    const [profession, skill, label] = pick(skills)
    const name = `${pick(starts)}${pick(middles)}${pick(ends)}`
    const firstName = pick(firstNames)
    for (let activity = 1 + Math.floor(random() * 3); activity > 0 && written < rows; activity -= 1, written += 1) {
      const { code, name: town, postalCode } = pick(municipalities)
      const identifier = String(10_000_000_000 + number)
      yield directoryLine(layout, {
        ...aDirectoryRow,
        'Identifiant PP': identifier,
        'Identification nationale PP': `8${identifier}`,
        "Nom d'exercice": name,
        "Prénom d'exercice": firstName,
        'Code profession': profession,
        'Code savoir-faire': skill,
        'Libellé savoir-faire': label,
        'Identifiant technique de la structure': `C${person}-${activity}`,
        'Code postal (coord. structure)': postalCode,
        'Code commune (coord. structure)': code,
        'Libellé commune (coord. structure)': town,
        'Téléphone (coord. structure)': `05${String(Math.floor(random() * 1e8)).padStart(8, '0')}`,
        'Code genre activité': 'GENR01',
      })
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , file = '/tmp/PS_LibreAcces_Personne_activite.txt', megabytes = '40', layout] = process.argv
  const out = createWriteStream(file)
  const municipalities = readMunicipalities()
    .filter(({ postalCodes }) => postalCodes.length > 0)
    .map(({ code, name, postalCodes: [postalCode = ''] }) => ({ code, name, postalCode }))
  let bytes = 0
  for (const line of generateDirectoryLines({
    rows: Number.MAX_SAFE_INTEGER,
    municipalities,
    layout: layout === 'older' ? 'older' : 'newer',
  })) {
    if (bytes > Number(megabytes) * 1e6) break
    bytes += Buffer.byteLength(line) + 1
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  out.end()
}
