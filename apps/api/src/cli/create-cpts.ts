import type { PublicHolidayZone } from '../../seeds/reference/public-holidays.ts'
import { publicHolidayZoneOf } from '../../seeds/reference/public-holidays.ts'
import type { ReferenceMunicipality } from '../../seeds/reference/read-municipalities.ts'
import { createCpts as found } from '../features/accounts/create-cpts.ts'
import { StartRefusal } from '../platform/start-refusal.ts'
import { referenceMunicipalities } from '../reference/find-municipality.ts'
import type { Command } from './command.ts'
import { demanded, readOptions } from './read-options.ts'

const usage = `Usage : pnpm maillage create-cpts --name "CPTS de …" --municipalities "33063, 33130 Bègles, Talence"
  --municipalities   communes séparées par des virgules : code INSEE, nom, ou code postal et nom`

const options = { name: { type: 'string' }, municipalities: { type: 'string' } } as const

/** Founds a territory with the communes that it covers. */
export const createCpts: Command = {
  name: 'create-cpts',
  summary: 'crée une CPTS et la liste de ses communes (codes INSEE ou noms)',
  async run({ asOwner, now, say }, args) {
    const given = readOptions(args, options, usage)
    const name = demanded(given.name, 'name', usage)
    const communes = readCommunes(demanded(given.municipalities, 'municipalities', usage))
    const calendar = calendarOf(communes)
    const codes = communes.map(({ code }) => code)
    const id = await asOwner((tx) => found(tx, { name, municipalities: codes, calendar }, now()))
    say(`CPTS créée : ${name} (${codes.length} communes)`)
    for (const one of communes) say(`  ${one.code} ${one.name}`)
    say(`Identifiant : ${id}`)
  },
}

/** The communes that the operator wrote, each found without doubt, or everything that must be made clearer. */
function readCommunes(text: string): ReferenceMunicipality[] {
  const { find } = referenceMunicipalities()
  const written = text.split(/[,;\n]+/).flatMap((item) => partsOf(item.trim()))
  const unknown: string[] = []
  const doubtful: string[] = []
  const communes = new Map<string, ReferenceMunicipality>()
  for (const part of written) {
    const match = find(readPlace(part))
    if (match.found) communes.set(match.found.code, match.found)
    else if (match.candidates.length > 0) doubtful.push(describeDoubt(part, match.candidates))
    else unknown.push(part)
  }
  if (unknown.length > 0) {
    throw new StartRefusal(
      `Communes inconnues : ${unknown.join(', ')}. Donnez des codes INSEE (et non postaux) ou des noms.`,
    )
  }
  if (doubtful.length > 0) throw new StartRefusal(`Plusieurs communes portent ce nom :\n${doubtful.join('\n')}`)
  if (communes.size === 0) throw new StartRefusal(usage)
  return [...communes.values()]
}

const isCode = (word: string): boolean => /^(?:\d{5}|2[AB]\d{3})$/i.test(word)

/** Codes may follow each other with spaces alone; a name keeps its spaces. */
function partsOf(item: string): string[] {
  const words = item.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return []
  return words.every(isCode) ? words : [item]
}

function readPlace(part: string): { code?: string; postalCode?: string; name?: string } {
  if (isCode(part)) return { code: part.toUpperCase() }
  const [, postalCode, name] = /^(\d{5})\s+(.+)$/.exec(part) ?? []
  return postalCode ? { postalCode, name } : { name: part }
}

function describeDoubt(part: string, candidates: readonly ReferenceMunicipality[]): string {
  const names = candidates.slice(0, 6).map(({ code, name, department }) => `${code} ${name} (${department})`)
  return `  ${part} : donnez le code INSEE (${names.join(', ')})`
}

const timeZones: Partial<Record<PublicHolidayZone, string>> = {
  guadeloupe: 'America/Guadeloupe',
  martinique: 'America/Martinique',
  guyane: 'America/Cayenne',
  'la-reunion': 'Indian/Reunion',
  mayotte: 'Indian/Mayotte',
  'saint-barthelemy': 'America/St_Barthelemy',
  'saint-martin': 'America/Marigot',
  'saint-pierre-et-miquelon': 'America/Miquelon',
}

/** The hour and the public holidays of a territory are those of its first commune. */
function calendarOf([first]: readonly ReferenceMunicipality[]): { holidayZone: string; timeZone: string } {
  const holidayZone = publicHolidayZoneOf(first?.department ?? '')
  return { holidayZone, timeZone: timeZones[holidayZone] ?? 'Europe/Paris' }
}
