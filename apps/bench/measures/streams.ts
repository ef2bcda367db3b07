import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../statistics.ts'
import type { Order, Told } from './streams-words.ts'

export interface StreamsOptions {
  /** The program's address, as `http://127.0.0.1:3000`. */
  readonly url: string
  /** One bearer a stream, in turn. */
  readonly tokens: readonly string[]
  readonly streams: number
  /** How many of them take nothing; needs `flood`. */
  readonly slow?: number
  /** Ids of cases that every holder of a token may see: one is changed a round. */
  readonly subjects: readonly string[]
  /** Changes this case as one person would, and comes back once it is committed. */
  readonly change: (subject: string) => Promise<void>
  readonly rounds: number
  /** Changes so much that whoever takes nothing must be dropped; gives the ids that were changed. */
  readonly flood?: () => Promise<readonly string[]>
  /** Cuts everybody off at the end, and has all come back at once. */
  readonly herd?: boolean
  /** The server's process, for its memory and its work. */
  readonly pid?: number
  /** What else is asked of the server, over and over by so many clients, before the streams and during the rounds. */
  readonly ask?: () => Promise<void>
  readonly clients?: number
}

export interface Delays {
  readonly p50: number
  readonly p99: number
  readonly most: number
}

/** Times in ms, memory in MiB. */
export interface StreamsFigures {
  readonly streams: number
  readonly openMs: number
  readonly failed: number
  /** From the commit's answer to the last byte received, over all rounds and streams. */
  readonly reached: Delays
  /** The same for the last stream of each round. */
  readonly last: Delays
  readonly missing: number
  readonly rss: { readonly before: number; readonly open: number; readonly after: number } | undefined
  /** CPU of the server for opening one stream. */
  readonly cpuMsPerOpening: number | undefined
  /** And for one change, streams included. */
  readonly cpuMsPerChange: number | undefined
  readonly asked: { readonly alone: Delays; readonly meanwhile: Delays } | undefined
  readonly slow: { readonly slow: number; readonly dropped: number; readonly missed: number } | undefined
  readonly back: (Delays & { readonly failed: number }) | undefined
  /** CPU of the server for one stream that comes back. */
  readonly cpuMsPerReturn: number | undefined
}

const longestRoundMs = 5000

/** Holds open streams in a process of its own, changes a case a round, and tells when each stream had heard of it. */
export async function measureStreams(options: StreamsOptions): Promise<StreamsFigures> {
  const { url, tokens, streams, slow = 0, pid } = options
  const receiver = await startReceiver()
  try {
    const before = rssOf(pid)
    const alone = options.ask && (await askFor(options, sleep(3000)))
    const idle = cpuOf(pid)
    const opened = await receiver.order({ do: 'open', url, tokens, count: streams, slow }, 'open')
    const open = rssOf(pid)
    const [cpu, rounds] = [cpuOf(pid), runRounds(receiver, options)]
    const meanwhile = options.ask && (await askFor(options, rounds))
    const { reached, last, missing } = await rounds
    const opening = idle === undefined ? undefined : ((cpu ?? 0) - idle) / streams
    const cpuMs = options.ask || cpu === undefined ? undefined : (cpuOf(pid) ?? 0) - cpu
    const subjects = options.flood && (await options.flood())
    const awake = subjects && (await receiver.order({ do: 'wake', url, subjects }, 'awake'))
    const cut = cpuOf(pid)
    const back = options.herd ? await receiver.order({ do: 'herd', url }, 'back') : undefined
    return {
      streams,
      openMs: opened.ms,
      failed: opened.failed,
      reached: delays(reached),
      last: delays(last),
      missing,
      rss: before && open ? { before, open, after: rssOf(pid) ?? Number.NaN } : undefined,
      cpuMsPerOpening: opening,
      cpuMsPerChange: cpuMs === undefined ? undefined : cpuMs / options.rounds,
      asked: alone && meanwhile && { alone, meanwhile },
      slow: awake && { slow: awake.slow, dropped: awake.dropped, missed: awake.missed },
      back: back && { ...delays(back.times), failed: back.failed },
      cpuMsPerReturn: back && cut !== undefined ? ((cpuOf(pid) ?? 0) - cut) / streams : undefined,
    }
  } finally {
    receiver.stop()
  }
}

const delays = (numbers: readonly number[]): Delays => ({
  p50: percentile(numbers, 0.5),
  p99: percentile(numbers, 0.99),
  most: percentile(numbers, 1),
})

const clock = (): number => Number(process.hrtime.bigint()) / 1e6

async function runRounds(receiver: Receiver, { subjects, rounds, change }: StreamsOptions) {
  const reached: number[] = []
  const last: number[] = []
  let missing = 0
  for (let round = 0; round < rounds; round += 1) {
    const subject = subjects[round % subjects.length] ?? ''
    // People do not act in step with the server.
    await sleep(120 + Math.random() * 120)
    await receiver.order({ do: 'watch', subject }, 'watching')
    const heard = receiver.hear('reached')
    const patience = setTimeout(() => receiver.say({ do: 'settle' }), longestRoundMs)
    await change(subject)
    const committedAt = clock()
    const answer = await heard
    clearTimeout(patience)
    const times = answer.times.map((at) => Math.max(0, at - committedAt))
    reached.push(...times)
    if (times.length > 0) last.push(percentile(times, 1))
    missing += answer.missing
  }
  return { reached, last, missing }
}

/** Asks again and again until `until` is over; how long each answer took. */
async function askFor({ ask, clients = 4 }: StreamsOptions, until: Promise<unknown>): Promise<Delays> {
  const took: number[] = []
  let isOver = false
  const end = (): void => {
    isOver = true
  }
  until.then(end, end)
  const client = async (): Promise<void> => {
    while (!isOver && ask) {
      const at = performance.now()
      await ask()
      took.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return delays(took)
}

interface Receiver {
  say(order: Order): void
  hear<T extends Told['told']>(told: T): Promise<Extract<Told, { told: T }>>
  order<T extends Told['told']>(order: Order, told: T): Promise<Extract<Told, { told: T }>>
  stop(): void
}

async function startReceiver(): Promise<Receiver> {
  const child = fork(path.join(import.meta.dirname, 'streams-receiver.ts'), { serialization: 'advanced' })
  const receiver: Receiver = {
    say: (order) => void child.send(order),
    hear: (told) => heardFrom(child, told),
    order: async (order, told) => {
      const answer = heardFrom(child, told)
      child.send(order)
      return await answer
    },
    stop: () => void (child.connected && child.send({ do: 'close' } satisfies Order)),
  }
  await receiver.hear('ready')
  return receiver
}

function heardFrom<T extends Told['told']>(child: ChildProcess, told: T): Promise<Extract<Told, { told: T }>> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('the receiving process ended'))
    child.once('exit', gone)
    child.on('message', function hear(message: Told) {
      if (message.told !== told) return
      child.off('exit', gone)
      child.off('message', hear)
      // Narrowed by the line above, which the compiler cannot carry over to the type argument.
      resolve(message as Extract<Told, { told: T }>)
    })
  })
}

/** MiB that the process holds; undefined where there is no /proc. */
function rssOf(pid: number | undefined): number | undefined {
  const status = pid === undefined ? '' : readProc(`${pid}/status`)
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]
  return kib === undefined ? undefined : Number(kib) / 1024
}

/** Milliseconds of processor that the process has used; a tick of /proc is 10 ms. */
function cpuOf(pid: number | undefined): number | undefined {
  const fields = (pid === undefined ? '' : readProc(`${pid}/stat`)).split(') ')[1]?.split(' ')
  return fields && (Number(fields[11]) + Number(fields[12])) * 10
}

function readProc(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, 'utf8')
  } catch {
    return ''
  }
}
