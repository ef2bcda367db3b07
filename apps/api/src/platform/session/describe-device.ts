const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

const found = (agent: string, known: readonly (readonly [string, string])[]): string | undefined =>
  known.find(([mark]) => agent.includes(mark))?.[1]

/**
 * What a browser says of itself, in words that its owner knows again: `Firefox, Windows`. Of the whole header nothing else
 * is kept: it would tell one person's computer from all others. Empty when it says nothing that we know.
 */
export function describeDevice(userAgent: string | undefined): string {
  const agent = userAgent ?? ''
  return [found(agent, browsers), found(agent, systems)].filter((word) => word !== undefined).join(', ')
}
