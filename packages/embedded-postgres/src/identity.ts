import { execFileSync } from 'node:child_process'
import { realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { LaunchError } from './launch-error.ts'

/** The system user PostgreSQL runs under when we are root, which it refuses; `undefined` = our own user. */
export interface Identity {
  readonly uid: number
  readonly gid: number
}

/** Picks the user to step down to: `postgres` where the system has one, `nobody` elsewhere. */
export function chooseIdentity(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const user of ['postgres', 'nobody']) {
    const uid = idOf('-u', user)
    const gid = idOf('-g', user)
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new LaunchError(
    'PostgreSQL refuse de tourner sous root et ce système n’a ni utilisateur « postgres » ni « nobody ». ' +
      'Lancez Maillage sous un utilisateur ordinaire.',
  )
}

function idOf(option: '-u' | '-g', user: string): number | undefined {
  try {
    return Number(execFileSync('id', [option, user], { stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    return undefined
  }
}

/** May this user pass through every folder down to the target, and do with it what the bits say (r = 4, x = 1)? */
export function canReach(target: string, { uid }: Identity, bits: number): boolean {
  const real = realpathSync(target)
  if (!opens(real, uid, bits)) return false
  for (let folder = path.dirname(real); ; folder = path.dirname(folder)) {
    if (!opens(folder, uid, 0o1)) return false
    if (folder === path.dirname(folder)) return true
  }
}

function opens(target: string, uid: number, bits: number): boolean {
  const { uid: owner, mode } = statSync(target)
  const wanted = owner === uid ? bits << 6 : bits
  return (mode & wanted) === wanted
}
