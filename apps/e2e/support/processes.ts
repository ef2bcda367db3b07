import { readdirSync, readFileSync } from 'node:fs'

/** A live process, as the system lists it. */
export interface RunningProcess {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** Every live process; one that ended and waits to be reaped is not counted. Linux. */
export function listProcesses(): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readProcess(Number(pid)) ?? [])
}

function readProcess(pid: number): RunningProcess | undefined {
  try {
    // « pid (name) state parent … »: the name may hold spaces and parentheses.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    if (state === 'Z') return undefined
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return { pid, parent: Number(parent), command }
  } catch {
    // It ended while the list was read.
    return undefined
  }
}

/** A process and all that it started, itself first, however deep. */
export function familyOf(pid: number, all: readonly RunningProcess[] = listProcesses()): RunningProcess[] {
  const children = all.filter(({ parent }) => parent === pid)
  return [...all.filter((one) => one.pid === pid), ...children.flatMap((child) => familyOf(child.pid, all))]
}
