import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Identity } from './identity.ts'

/** Reads the superuser's password, or makes one; `initdb` reads the same file, so it belongs to the user who runs it. */
export function ensurePassword(file: string, identity: Identity | undefined): string {
  if (!existsSync(file)) writeOnce(file, identity)
  return readFileSync(file, 'utf8').trim()
}

/** Two first starts at once must agree on one password: the file appears whole, and the first one wins. */
function writeOnce(file: string, identity: Identity | undefined): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  if (identity) chownSync(draft, identity.uid, identity.gid)
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft)
  }
}
