import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuOf } from '../load/process-cpu.ts'
import { percentile } from '../statistics.ts'

/** Times in ms of one page of the worklist, asked over and over by four clients. */
export interface PageTimes {
  readonly asked: number
  readonly p50: number
  readonly p99: number
}

/** What a long work cost, and what it cost those who read the worklist meanwhile. */
export interface Beside {
  readonly alone: PageTimes
  readonly meanwhile: PageTimes
  /** p99 meanwhile, over p99 alone. */
  readonly ratio: number
  readonly seconds: number
  /** Of the process that works; it may be gone at the end. */
  readonly cpuMs: number | undefined
  /** MiB. */
  readonly peakRss: number | undefined
}

/** Who asks for the worklist. */
export interface Asking {
  readonly url: string
  /** A bearer good for ten minutes: works of an hour are asked about by somebody who signs in again. */
  readonly token: () => Promise<string>
}

const clients = 4
const aloneSeconds = 4

/** Does a long work, asking for the worklist before, meanwhile and after; `pid` is the process that works. */
export async function beside(
  asking: Asking,
  pid: number | (() => number | undefined),
  work: () => Promise<void>,
): Promise<Beside> {
  const reader = { url: asking.url, token: await asking.token() }
  const before = await askFor(reader, sleep(aloneSeconds * 1000))
  const began = performance.now()
  const running = work()
  const watched = typeof pid === 'number' ? pid : pid()
  const cpu = watched === undefined ? undefined : cpuOf(watched)
  const memory = watchMemory(watched)
  const during = await askFor(reader, running)
  await running
  const seconds = (performance.now() - began) / 1000
  const isThere = watched !== undefined && procOf(watched, 'stat') !== undefined
  const cpuMs = isThere && cpu !== undefined ? cpuOf(watched) - cpu : undefined
  const peakRss = memory()
  const after = await askFor(reader, sleep(aloneSeconds * 1000))
  const alone = timesOf([...before, ...after])
  const meanwhile = timesOf(during)
  return { alone, meanwhile, ratio: meanwhile.p99 / alone.p99, seconds, cpuMs, peakRss }
}

/** Asks for the worklist with four clients until something ended; gives how long each page took. */
async function askFor({ url, token }: { url: string; token: string }, until: Promise<unknown>): Promise<number[]> {
  let isOver = false
  const end = (): void => {
    isOver = true
  }
  until.then(end, end)
  const times: number[] = []
  const client = async (): Promise<void> => {
    while (!isOver) {
      const began = performance.now()
      const answer = await fetch(`${url}/api/v1/worklist?limit=50`, { headers: { authorization: `Bearer ${token}` } })
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`The worklist answered ${answer.status}`)
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return times
}

const timesOf = (times: readonly number[]): PageTimes => ({
  asked: times.length,
  p50: percentile(times, 0.5),
  p99: percentile(times, 0.99),
})

/** Watches a process's memory; the answer is the most that it took meanwhile, in MiB. */
function watchMemory(pid: number | undefined): () => number | undefined {
  let most: number | undefined
  const look = (): void => {
    const kibibytes = /VmRSS:\s+(\d+)/.exec(procOf(pid, 'status') ?? '')?.[1]
    if (kibibytes) most = Math.max(most ?? 0, Number(kibibytes) / 1024)
  }
  const timer = setInterval(look, 100)
  return () => {
    look()
    clearInterval(timer)
    return most
  }
}

function procOf(pid: number | undefined, file: string): string | undefined {
  if (pid === undefined) return undefined
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}
