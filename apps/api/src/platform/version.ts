import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The release, as the CHANGELOG names it. */
export const version = '0.1.0'

/** A program by its content: two processes that bear the same name write the same answers. Bundled programs alone. */
export function buildOf(program: string): string | undefined {
  if (!program.endsWith('.js')) return undefined
  return createHash('sha256').update(readFileSync(program)).digest('base64url')
}
