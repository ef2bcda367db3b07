import { isGeneralPractitionerSpecialty } from '@maillage/contracts/professions'
import type { MunicipalityFinder } from '../../kernel/patients/municipality-finder.ts'
import type { DirectoryEntry, DirectorySite, SkipCause } from './directory-entry.ts'
import { personOf, type RowPerson, siteOf, sitePlaceOf } from './map-row.ts'
import type { DirectoryRow } from './read-directory.ts'

export type GroupedDirectory = {
  entries: DirectoryEntry[]
  /** Rows read, and how many gave nothing, by cause. */
  rows: number
  skipped: Record<SkipCause, number>
}

export type Territory = { municipalities: MunicipalityFinder; covers: (municipalityCode: string) => boolean }

// What is known of a row's commune decides first: nine rows in ten are elsewhere, and cost no more than this.
const placeOf = (row: DirectoryRow, { municipalities, covers }: Territory): { code: string } | SkipCause => {
  const written = {
    code: row.get('municipalityCode'),
    postalCode: row.get('postalCode'),
    name: row.get('municipalityName'),
  }
  const match = municipalities.find(written)
  if (match.found) return covers(match.found.code) ? { code: match.found.code } : 'outside-territory'
  return match.cause === 'nothing-written' ? 'no-place' : 'unknown-municipality'
}

type Draft = { entry: DirectoryEntry; places: Map<string, DirectorySite> }

const newDraft = ({ identity, profession }: RowPerson): Draft => ({
  entry: { ...identity, profession, otherProfessions: [], specialties: [], isGeneralPractitioner: false, sites: [] },
  places: new Map(),
})

const completeSite = (known: DirectorySite, again: DirectorySite): void => {
  known.phone ??= again.phone
  known.email ??= again.email
  known.name ??= again.name
}

const addRow = ({ entry, places }: Draft, person: RowPerson, site: DirectorySite, place: string): void => {
  const { profession, specialty } = person
  if (profession !== entry.profession && !entry.otherProfessions.includes(profession)) {
    entry.otherProfessions.push(profession)
  }
  if (specialty && !entry.specialties.some(({ code }) => code === specialty.code)) entry.specialties.push(specialty)
  if (specialty && profession === 'physician' && isGeneralPractitionerSpecialty(specialty.code)) {
    entry.isGeneralPractitioner = true
  }
  const known = places.get(place)
  if (known) completeSite(known, site)
  else {
    places.set(place, site)
    entry.sites.push(site)
  }
}

// A line of progress every two seconds or so.
const progressEvery = 250_000

/**
 * Gathers the rows of each person within a territory. Rows of one person usually follow each other but need not:
 * everyone of the territory is held until the end, and nobody else, so that memory follows the territory, not the file.
 */
export async function groupByPerson(
  rows: AsyncIterable<DirectoryRow>,
  territory: Territory,
  onProgress: (rows: number, people: number) => void = () => undefined,
): Promise<GroupedDirectory> {
  const drafts = new Map<string, Draft>()
  const skipped: Record<SkipCause, number> = {
    'outside-territory': 0,
    'no-place': 0,
    'unknown-municipality': 0,
    'unknown-identifier-type': 0,
    'bad-identifier': 0,
    'missing-name': 0,
    'unknown-profession': 0,
  }
  let count = 0
  for await (const row of rows) {
    count += 1
    if (count % progressEvery === 0) onProgress(count, drafts.size)
    const place = placeOf(row, territory)
    if (typeof place === 'string') {
      skipped[place] += 1
      continue
    }
    const person = personOf(row)
    if (typeof person === 'string') {
      skipped[person] += 1
      continue
    }
    const draft = drafts.get(person.key) ?? newDraft(person)
    drafts.set(person.key, draft)
    const site = siteOf(row, place.code)
    addRow(draft, person, site, sitePlaceOf(row, site))
  }
  return { entries: [...drafts.values()].map(({ entry }) => entry), rows: count, skipped }
}
