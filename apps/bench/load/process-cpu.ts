import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Milliseconds of processor that a program took so far: its own, and its ended children's. */
export interface Spent {
  readonly pid: number
  readonly parent: number
  readonly ownMs: number
  readonly childrenMs: number
}

/** Linux counts in hundredths of a second, whatever the clock of the kernel. */
const tickMs = 10

/** Reads `/proc/<pid>/stat`: the name stands in brackets and may hold spaces, the numbers come after the last one. */
export function readStat(line: string): Spent {
  const numbers = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const field = (place: number): number => numbers[place - 3] ?? 0
  return {
    pid: Number.parseInt(line, 10),
    parent: field(4),
    ownMs: (field(14) + field(15)) * tickMs,
    childrenMs: (field(16) + field(17)) * tickMs,
  }
}

const statOf = (pid: number | string): Spent | undefined => {
  try {
    return readStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return undefined
  }
}

/** Of one process. Not a number where the system has no `/proc`. */
export const cpuOf = (pid: number): number => statOf(pid)?.ownMs ?? Number.NaN

/** Of a PostgreSQL server: the postmaster, its living backends, and those that ended. */
export function cpuOfPostgres(postmaster: number): number {
  const own = statOf(postmaster)
  if (!own) return Number.NaN
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const backends = all.map(statOf).filter((one) => one?.parent === postmaster)
  return own.ownMs + own.childrenMs + backends.reduce((sum, one) => sum + (one?.ownMs ?? 0), 0)
}

/** The server that holds a folder of data. */
export const postmasterOf = (folder: string): number =>
  Number.parseInt(readFileSync(path.join(folder, 'data', 'postmaster.pid'), 'utf8'), 10)

/** Resident memory of a process, in MiB. */
export function residentMiB(pid: number): number {
  try {
    const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found ? Number(found[1]) / 1024 : Number.NaN
  } catch {
    return Number.NaN
  }
}
