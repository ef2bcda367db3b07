import { foldName } from '@maillage/contracts/kit/identifiers'

/** What finding a commune needs to know of it; `city` is set for an arrondissement of Paris, Lyon or Marseille. */
export type KnownMunicipality = { code: string; name: string; postalCodes: readonly string[]; city?: string | null }

/** What a file or a person gives: any of the three, as written. */
export type WrittenMunicipality = { code?: string; postalCode?: string; name?: string }

export type MunicipalityMatch<M> =
  | { found: M }
  | { found: undefined; cause: 'nothing-written' | 'unknown' | 'ambiguous'; candidates: readonly M[] }

export type MunicipalityFinder<M extends KnownMunicipality = KnownMunicipality> = {
  /** The commune of today that an INSEE code leads to, former codes included. */
  byCode: (code: string) => M | undefined
  find: (written: WrittenMunicipality) => MunicipalityMatch<M>
}

const abbreviations: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte', s: 'sur', ss: 'sous' }
const silent = new Set(['le', 'la', 'les', 'l', 'd', 'de', 'du', 'des', 'cedex', 'arrondissement'])

/** Folds a commune's name as people write it: « ST-GERMAIN S/ MORIN CEDEX 2 » and « Saint-Germain-sur-Morin » alike. */
export function foldMunicipalityName(name: string): string {
  const words = foldName(name.replace(/\bcedex\b.*$/i, ''))
    .split(' ')
    .map((word) => abbreviations[word] ?? word)
    .map((word) => word.replace(/^0*(\d+)(?:er|e|eme|nd)?$/, '$1'))
  const spoken = words.filter((word) => !silent.has(word))
  return (spoken.length > 0 ? spoken : words).join(' ')
}

const departmentOf = (postalCode: string): string => postalCode.slice(0, postalCode.startsWith('97') ? 3 : 2)

type Index<M> = Map<string, M[]>

const add = <M>(index: Index<M>, key: string, municipality: M): void => {
  const group = index.get(key)
  if (!group) index.set(key, [municipality])
  else if (!group.includes(municipality)) group.push(municipality)
}

type Indexes<M> = { byCode: Map<string, M>; byPostalCode: Index<M>; byName: Index<M> }

// A city and its arrondissement share postal codes: the arrondissement is the more exact answer.
const mostExact = <M extends KnownMunicipality>(candidates: readonly M[]): readonly M[] =>
  candidates.filter(({ code }) => !candidates.some(({ city }) => city === code))

const matchOf = <M>(candidates: readonly M[]): MunicipalityMatch<M> => {
  const [only] = candidates
  if (only && candidates.length === 1) return { found: only }
  return { found: undefined, cause: only ? 'ambiguous' : 'unknown', candidates }
}

const findByPostalCode = <M extends KnownMunicipality>(
  { byPostalCode, byName }: Indexes<M>,
  postalCode: string,
  name: string,
): MunicipalityMatch<M> => {
  const sharing = byPostalCode.get(postalCode) ?? []
  if (!name) return matchOf(mostExact(sharing))
  const homonyms = byName.get(name) ?? []
  const inPostalCode = sharing.filter((one) => homonyms.includes(one))
  const [only] = inPostalCode
  if (only) {
    const districts = sharing.filter(({ city }) => city === only.code)
    return matchOf(inPostalCode.length === 1 && districts.length === 1 ? districts : inPostalCode)
  }
  // A CEDEX code belongs to no commune: the name then decides within the department, which Corsica writes 20.
  const department = departmentOf(postalCode)
  return matchOf(homonyms.filter(({ postalCodes }) => postalCodes.some((code) => departmentOf(code) === department)))
}

/** Builds the look-up of communes by code (old ones too), by postal code and by name as people write them. */
export function municipalityFinder<M extends KnownMunicipality>(
  municipalities: readonly M[],
  former: readonly { code: string; name: string | null; currentCode: string }[],
): MunicipalityFinder<M> {
  const indexes: Indexes<M> = { byCode: new Map(), byPostalCode: new Map(), byName: new Map() }
  for (const municipality of municipalities) {
    indexes.byCode.set(municipality.code, municipality)
    add(indexes.byName, foldMunicipalityName(municipality.name), municipality)
    for (const postalCode of municipality.postalCodes) add(indexes.byPostalCode, postalCode, municipality)
  }
  for (const { code, name, currentCode } of former) {
    const current = indexes.byCode.get(currentCode)
    if (!current) continue
    if (!indexes.byCode.has(code)) indexes.byCode.set(code, current)
    if (name) add(indexes.byName, foldMunicipalityName(name), current)
  }
  const byCode = (code: string) => indexes.byCode.get(code.trim().toUpperCase())
  const find = ({ code = '', postalCode = '', name = '' }: WrittenMunicipality): MunicipalityMatch<M> => {
    const known = byCode(code)
    const district = known && indexes.byPostalCode.get(postalCode.trim())?.filter(({ city }) => city === known.code)
    if (known) return { found: district?.length === 1 && district[0] ? district[0] : known }
    const folded = foldMunicipalityName(name)
    if (postalCode.trim()) return findByPostalCode(indexes, postalCode.trim(), folded)
    if (folded) return matchOf(indexes.byName.get(folded) ?? [])
    return { found: undefined, cause: code.trim() ? 'unknown' : 'nothing-written', candidates: [] }
  }
  return { byCode, find }
}
