import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Binaries, binariesIn } from './binaries.ts'
import { canReach, type Identity } from './identity.ts'
import { LaunchError } from './launch-error.ts'

/** Where a root installation keeps what `postgres` must reach; not /tmp nor /var/tmp, which the system cleans. */
const systemFolder = '/var/lib/maillage'

/** Gives the folder that will hold the data and its password, made and reachable by the user who runs PostgreSQL. */
export function prepareFolder(dir: string, throwAway: boolean, identity: Identity | undefined): string {
  const asked = path.resolve(dir)
  if (identity === undefined) {
    mkdirSync(asked, { recursive: true, mode: 0o700 })
    return asked
  }
  if (throwAway) {
    mkdirSync(asked, { recursive: true })
    chmodSync(asked, 0o711)
    if (canReach(asked, identity, 0o1)) return asked
  }
  const parent = throwAway ? tmpdir() : systemFolder
  if (!throwAway) ensureOwnFolder(parent, 0o755)
  const folder = path.join(parent, nameFor(asked))
  ensureOwnFolder(folder, 0o711)
  return folder
}

/** Gives programs that the user can run: the package's own, or a copy when the package lies in a closed folder. */
export function prepareBinaries(found: Binaries, identity: Identity | undefined): Binaries {
  if (identity === undefined || canReach(found.postgres, identity, 0o5)) return found
  ensureOwnFolder(systemFolder, 0o755)
  const target = path.join(systemFolder, `postgres-${found.version}`)
  if (!existsSync(target)) copyTree(found.root, target)
  refuseForeign(target)
  return binariesIn(target, found.version)
}

/** One installation, one name: readable, and different for two folders that end alike. */
function nameFor(dir: string): string {
  const digest = createHash('sha256').update(dir).digest('hex').slice(0, 12)
  const words = dir.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  return ['donnees', ...words.slice(-3), digest].join('-')
}

function ensureOwnFolder(folder: string, mode: number): void {
  mkdirSync(folder, { recursive: true, mode })
  refuseForeign(folder)
  // mkdir's mode passes through the umask, and a folder closed by it would shut PostgreSQL out.
  chmodSync(folder, mode)
}

/** A folder that another user owns or may write to could hold programs of theirs: nothing in it is run as us. */
function refuseForeign(folder: string): void {
  const { uid, mode } = lstatSync(folder)
  if (lstatSync(folder).isDirectory() && uid === process.getuid?.() && (mode & 0o022) === 0) return
  throw new LaunchError(
    `Le dossier ${folder} n’appartient pas à l’utilisateur qui lance Maillage, ou d’autres peuvent y écrire. ` +
      'Vérifiez d’où il vient, puis supprimez-le ou corrigez son propriétaire et ses droits.',
  )
}

/** Copies beside the target, then renames: nobody ever sees half a copy, and two starts at once cannot mix theirs. */
function copyTree(source: string, target: string): void {
  const partial = `${target}.${process.pid}.partiel`
  rmSync(partial, { recursive: true, force: true })
  cpSync(source, partial, { recursive: true, verbatimSymlinks: true })
  openTree(partial)
  try {
    renameSync(partial, target)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
}

/** Undoes a strict umask in the copy: everyone may read and pass, only we may write. */
function openTree(target: string): void {
  const stat = lstatSync(target)
  if (stat.isSymbolicLink()) return
  const isFolder = stat.isDirectory()
  chmodSync(target, isFolder || stat.mode & 0o100 ? 0o755 : 0o644)
  if (!isFolder) return
  for (const name of readdirSync(target)) openTree(path.join(target, name))
}
