import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { foldName } from '@maillage/contracts/kit/identifiers'
import type pg from 'pg'
import { professionLabels } from '../../seeds/reference/professions.ts'
import { namedPublicHolidays, publicHolidayYears, publicHolidayZones } from '../../seeds/reference/public-holidays.ts'
import {
  municipalityFiles,
  readFormerMunicipalities,
  readMunicipalities,
} from '../../seeds/reference/read-municipalities.ts'
import { specialties } from '../../seeds/reference/specialties.ts'
import { connect } from '../platform/db/connect.ts'

/** Rows of one reference table; each row holds its cells in the order of the columns. */
interface ReferenceTable {
  readonly name: string
  /** Column → the type in which its cells travel. */
  readonly columns: Readonly<Record<string, string>>
  readonly rows: readonly (readonly unknown[])[]
}

// Counts up when the loading itself changes (a column, the folding of names): the same files are then loaded anew.
const loaderVersion = 1
const versionName = 'reference'
// Two processes that start at once must not load at once.
const loadLock = 7_302_029

/**
 * Makes the reference tables say what the files of this version say: communes, former communes, specialties,
 * professions, public holidays. Whole or not at all; nothing is written when the same set is already there. True when
 * it was loaded just now.
 */
export async function loadReference(ownerUrl: string): Promise<boolean> {
  const small = smallTables()
  const digest = digestOf(small)
  const owner = await connect(ownerUrl)
  try {
    await owner.query('begin')
    await owner.query('select pg_advisory_xact_lock($1)', [loadLock])
    const { rows } = await owner.query<{ digest: string }>('select digest from reference_versions where name = $1', [
      versionName,
    ])
    const isNew = rows[0]?.digest !== digest
    if (isNew) await replaceAll(owner, [...municipalityTables(), ...small], digest)
    await owner.query('commit')
    return isNew
  } finally {
    // An open transaction ends with its connection.
    await owner.end()
  }
}

function digestOf(small: readonly ReferenceTable[]): string {
  const hash = createHash('sha256').update(JSON.stringify([loaderVersion, small]))
  for (const file of municipalityFiles) hash.update(readFileSync(file))
  return hash.digest('hex')
}

async function replaceAll(owner: pg.Client, tables: readonly ReferenceTable[], digest: string): Promise<void> {
  for (const table of tables) {
    await owner.query(`delete from ${table.name}`)
    await insertRows(owner, table)
  }
  await owner.query(
    'insert into reference_versions (name, digest) values ($1, $2) on conflict (name) do update set digest = $2',
    [versionName, digest],
  )
  // The planner would otherwise take the communes for an empty table until the next automatic analysis.
  await owner.query(`analyze ${tables.map(({ name }) => name).join(', ')}`)
}

/** One statement a table, its columns as arrays; a list within a cell travels as text with commas. */
async function insertRows(owner: pg.Client, { name, columns, rows }: ReferenceTable): Promise<void> {
  const names = Object.keys(columns)
  const types = Object.values(columns)
  const arrays = types.map((type, i) => `$${i + 1}::${type === 'list' ? 'text' : type}[]`)
  const cells = names.map((column, i) => (types[i] === 'list' ? `string_to_array(${column}, ',')` : column))
  await owner.query(
    `insert into ${name} (${names.join(', ')})
     select ${cells.join(', ')} from unnest(${arrays.join(', ')}) as given(${names.join(', ')})`,
    names.map((_, i) => rows.map((row) => row[i])),
  )
}

function municipalityTables(): ReferenceTable[] {
  return [
    {
      name: 'municipalities',
      columns: {
        code: 'text',
        name: 'text',
        search: 'text',
        department: 'text',
        region: 'text',
        postal_codes: 'list',
        population: 'int',
        latitude: 'float8',
        longitude: 'float8',
        coordinates_from: 'text',
      },
      rows: readMunicipalities().map((one) => [
        one.code,
        one.name,
        foldName(one.name),
        one.department,
        one.region,
        one.postalCodes.join(','),
        one.population,
        one.latitude,
        one.longitude,
        one.coordinatesFrom,
      ]),
    },
    {
      name: 'former_municipalities',
      columns: { code: 'text', name: 'text', current_code: 'text' },
      rows: readFormerMunicipalities().map(({ code, name, currentCode }) => [code, name ?? '', currentCode]),
    },
  ]
}

function smallTables(): ReferenceTable[] {
  const years = Array.from(
    { length: publicHolidayYears.last - publicHolidayYears.first + 1 },
    (_, i) => publicHolidayYears.first + i,
  )
  const holidays = publicHolidayZones.flatMap((zone) =>
    years.flatMap((year) => namedPublicHolidays(zone, year).map(({ day, name }) => [zone, day, name])),
  )
  return [
    { name: 'public_holidays', columns: { zone: 'text', day: 'date', name: 'text' }, rows: holidays },
    { name: 'professions', columns: { code: 'text', label: 'text' }, rows: Object.entries(professionLabels) },
    {
      name: 'specialties',
      columns: { code: 'text', label: 'text', is_general_practitioner: 'bool' },
      rows: specialties.map((one) => [one.code, one.label, one.isGeneralPractitioner]),
    },
  ]
}
