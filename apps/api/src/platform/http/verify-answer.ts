import { pointerTo } from './field-problems.ts'

/** Fails when the answer held a key that its contract does not know: the filter would hide a leak from the tests. */
export function assertKept(given: unknown, kept: unknown, path: readonly string[] = []): void {
  if (typeof given !== 'object' || given === null || typeof kept !== 'object' || kept === null) return
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!(key in kept)) throw new Error(`The answer holds ${pointerTo([...path, key])}, which its contract does not`)
    // Both are objects or arrays: a missing key was refused above.
    assertKept(value, (kept as Record<string, unknown>)[key], [...path, key])
  }
}
