import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Municipality } from '@maillage/contracts/municipalities'
import type { CoordinatesOrigin } from './municipality-coordinates.ts'
import { coordinatesOrigins } from './municipality-coordinates.ts'

/** A commune or municipal arrondissement as the generated file holds it. */
export type ReferenceMunicipality = Municipality & {
  region: string
  coordinatesFrom: CoordinatesOrigin
  /** The city of a municipal arrondissement of Paris, Lyon or Marseille. */
  city: string | null
}

/** An old INSEE code, the name it bore when known, and the commune that it leads to today. */
export type FormerMunicipality = { code: string; name: string | null; currentCode: string }

/** The files themselves, for a digest of what they hold. */
export const municipalityFiles = ['municipalities.tsv', 'former-municipalities.tsv'].map((file) =>
  join(import.meta.dirname, file),
)

const readTsv = (folder: string, file: string): string[][] =>
  readFileSync(join(folder, file), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))

/** The 35,000 communes of the territories covered by the Assurance Maladie, in the order of their codes. A bundle gives the folder. */
export function readMunicipalities(folder: string = import.meta.dirname): ReferenceMunicipality[] {
  return readTsv(folder, 'municipalities.tsv').map((cells) => {
    const [
      code = '',
      name = '',
      department = '',
      region = '',
      postal = '',
      population,
      latitude,
      longitude,
      from,
      city,
    ] = cells
    return {
      code,
      name,
      department,
      region,
      postalCodes: postal ? postal.split(',') : [],
      population: Number(population),
      latitude: latitude ? Number(latitude) : null,
      longitude: longitude ? Number(longitude) : null,
      coordinatesFrom: coordinatesOrigins.find((origin) => origin === from) ?? 'none',
      city: city || null,
    }
  })
}

/** The codes of communes merged or renumbered, so that an old code still finds its commune. */
export function readFormerMunicipalities(folder: string = import.meta.dirname): FormerMunicipality[] {
  return readTsv(folder, 'former-municipalities.tsv').map(([code = '', name, currentCode = '']) => ({
    code,
    name: name || null,
    currentCode,
  }))
}
