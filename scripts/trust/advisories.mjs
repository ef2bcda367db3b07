import { askPnpm } from './ask-pnpm.mjs'

const grave = ['high', 'critical']

/**
 * Advisories known and taken on for a time, by their id: why, and until which day. None at present.
 * @type {Readonly<Record<string, { reason: string, until: string }>>}
 */
export const takenOn = {}

/**
 * What the registry knows against the packages that the product runs on. A registry that does not answer is no fault of
 * theirs: `silence` says it.
 * @param {{ registry?: string | undefined }} options
 */
export async function askAdvisories({ registry } = {}) {
  const args = ['audit', '--prod', '--json', ...(registry ? ['--registry', registry] : [])]
  const { out, err } = await askPnpm(args, { seconds: 12 })
  try {
    return { advisories: Object.values(JSON.parse(out).advisories) }
  } catch {
    return {
      silence:
        (err || out)
          .replaceAll(/\s*[│×]?\s+/g, ' ')
          .trim()
          .slice(-300) || 'no answer',
    }
  }
}

/**
 * The grave ones that nobody took on, or whose time is over; and what was taken on for nothing.
 * @param {{ module_name: string, severity: string, title: string, github_advisory_id: string, vulnerable_versions: string }[]} advisories
 * @param {Readonly<Record<string, { reason: string, until: string }>>} accepted
 * @param {string} today
 */
export function judgeAdvisories(advisories, accepted, today) {
  const faults = []
  for (const one of advisories.filter(({ severity }) => grave.includes(severity))) {
    const { module_name: name, severity, title, github_advisory_id: id, vulnerable_versions: versions } = one
    const known = accepted[id]
    if (known && known.until >= today) continue
    const over = known ? `, taken on until ${known.until} (${known.reason})` : ''
    faults.push(`${name} ${versions}: ${severity}, ${id}, ${title}${over}`)
  }
  const ids = new Set(advisories.map(({ github_advisory_id: id }) => id))
  for (const id of Object.keys(accepted))
    if (!ids.has(id)) faults.push(`${id} is taken on, and nothing bears it any more`)
  return faults
}
