/**
 * Domains between which messages may carry health data: exact names (`medecin.mssante.fr`), or every name under one
 * (`*.mssante.fr`). The operator writes the list; nothing is on it by itself.
 */
export type SecureDomains = readonly string[]

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?'
const listed = new RegExp(`^(?:\\*\\.)?(?:${label}\\.)+[a-z0-9-]{2,}$`)
/** One address and nothing else: neither a name, nor a second address behind a comma. */
const alone = /^[^\s@<>()[\],;:\\"]{1,64}@([a-z0-9.-]{1,255})$/i

/** The domains of a list, parted by commas, spaces or lines; undefined when one of them is none. */
export function readDomains(list: string): SecureDomains | undefined {
  const names = list
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((name) => name.toLowerCase())
  return names.length > 0 && names.every((name) => listed.test(name)) ? names : undefined
}

/** Is this one address, and its domain on the list? */
export function isOnList(domains: SecureDomains, address: string): boolean {
  const domain = alone.exec(address)?.[1]?.toLowerCase()
  return domain !== undefined && domains.some((name) => matches(name, domain))
}

const matches = (name: string, domain: string): boolean =>
  name.startsWith('*.') ? domain.endsWith(name.slice(1)) && domain.length > name.length - 1 : domain === name

/** The address in « CPTS du Causse <cpts@exemple.mssante.fr> ». */
export const addressIn = (from: string): string => /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from.trim()
