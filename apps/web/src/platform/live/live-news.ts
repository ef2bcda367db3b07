import type { LiveChange } from '@maillage/contracts/coordination/live'

/** A change, or `reset`: too much was missed to be listed, what is on screen must be read anew. */
export type News = LiveChange | { readonly what: 'reset' }

const most = 1000

// Ids of version 7 sort by their instant.
const later = (one: string, other: string): string => [one, other].toSorted()[1] ?? one

/** Tells a change that was never heard of from one told again after a reconnection. */
export function newsFilter(): (change: LiveChange) => boolean {
  const known = new Map<string, { version: number; entry: string }>()
  return ({ what, id, version, entry }) => {
    if (what === 'presence') return true
    const key = `${what} ${id}`
    const before = known.get(key) ?? { version: -1, entry: '' }
    const isNew = (version ?? -1) > before.version || (entry ?? '') > before.entry
    if (!isNew) return false
    known.delete(key)
    known.set(key, { version: Math.max(version ?? -1, before.version), entry: later(entry ?? '', before.entry) })
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return true
  }
}
