import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Makes a secret that nobody chose: 192 bits, safe in a URL and in a file. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url')
}

/** Reads a secret kept beside the data, or makes it the first time; only the owner of the file may read it. */
export function ensureSecretFile(file: string, make: () => string = newSecret): string {
  if (!existsSync(file)) writeOnce(file, make())
  return readFileSync(file, 'utf8').trim()
}

/** The content of a file that the operator named; undefined when it cannot be read. */
export function readOperatorFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}

// Mounted by the container's runtime for this program alone, under whatever mode it chose.
const mounted = '/run/secrets/'

/** May any account of the machine read or change this file? Windows keeps no such mode: never there. */
export function isOpenToAll(file: string): boolean {
  if (process.platform === 'win32' || path.resolve(file).startsWith(mounted)) return false
  return (statSync(file).mode & 0o007) !== 0
}

/** Two first starts at once must agree on one secret: the file appears whole, and the first one wins. */
function writeOnce(file: string, secret: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${secret}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft)
  }
}
