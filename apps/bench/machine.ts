import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { root } from './program.ts'

/** Where and on what a run was made: figures are compared on the same machine only. */
export interface Machine {
  readonly processor: string
  readonly memory: string
  readonly system: string
  /** Of the sources, and whether they differ from it. */
  readonly commit: string
}

export function readMachine(): Machine {
  const all = cpus()
  return {
    processor: `${all.length} × ${all[0]?.model.trim() || 'processeur inconnu'}`,
    memory: `${(totalmem() / 1e9).toFixed(1)} Go`,
    system: `${type()} ${release()}`,
    commit: readCommit(),
  }
}

/** The load average over 1, 5 and 15 minutes: above the number of cores, the figures say little. */
export function readLoad(): string {
  return loadavg()
    .map((one) => one.toFixed(2))
    .join(' / ')
}

function readCommit(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  try {
    const hash = git('rev-parse', '--short', 'HEAD')
    return git('status', '--porcelain') === '' ? hash : `${hash}, avec des changements non enregistrés`
  } catch {
    // An archive of the sources has no history.
    return 'inconnu'
  }
}
