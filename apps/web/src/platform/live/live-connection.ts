import { LiveAnswer, type LiveChange, LiveChanges, LiveEnd } from '@maillage/contracts/coordination/live'
import type * as z from 'zod'
import { eventReader, type StreamEvent } from './live-events.ts'
import { type News, newsFilter } from './live-news.ts'

/** What following the changes needs of the browser: given by live.ts, replaced in tests. */
export interface LiveDeps {
  fetch: typeof fetch
  token: () => string | undefined
  renew: () => Promise<boolean>
  /** Resolves once the page is looked at and the network is there; at once when both already are. */
  awake: (signal: AbortSignal) => Promise<void>
  /** Resolves after this long, or as soon as trying again makes sense (the network came back). */
  rest: (ms: number, signal: AbortSignal) => Promise<void>
  /** Calls back when the connection must be given up: asleep, offline, hidden for a while. */
  whenLost: (giveUp: () => void) => () => void
  onNews: (news: News) => void
  onConnected: (isConnected: boolean) => void
}

const url = '/api/v1/live'
/** A stream says hello at once: silence for so long is a proxy that keeps answers until they end. */
const helloMs = 2000
/** The server's heart beats every 15 s. */
const silenceMs = 40_000
const slowestRetryMs = 30_000
/** A connection that lasted so long worked: the next trouble is a new one. */
const healthyMs = 5000

type Outcome =
  /** Ended as announced, or given up by ourselves: try again at once. */
  | 'ended'
  | 'expired'
  /** Nothing came in time. */
  | 'silent'
  | 'failed'

interface Memory {
  lastId: string | undefined
  /** A stream did not come through, a plain answer did. */
  polls: boolean
  isNew: (change: LiveChange) => boolean
}

/** Follows what changes until told to stop: resumes where it was after every break, and never gives up. */
export async function followLive(deps: LiveDeps, stop: AbortSignal): Promise<void> {
  const memory: Memory = { lastId: undefined, polls: false, isNew: newsFilter() }
  let failures = 0
  while (!stop.aborted) {
    await deps.awake(stop)
    if (stop.aborted) return
    const startedAt = Date.now()
    const outcome = await tryOnce(deps, memory, stop)
    if (stop.aborted) return
    if (Date.now() - startedAt > healthyMs) failures = 0
    if (outcome === 'expired') await deps.renew().catch(() => false)
    failures = outcome === 'ended' ? 0 : failures + 1
    if (outcome === 'ended' || (outcome === 'expired' && failures === 1)) continue
    deps.onConnected(false)
    await deps.rest(Math.min(slowestRetryMs, 250 * 2 ** Math.min(failures, 7)) * (0.5 + Math.random() / 2), stop)
  }
}

async function tryOnce(deps: LiveDeps, memory: Memory, stop: AbortSignal): Promise<Outcome> {
  const lost = new AbortController()
  const release = deps.whenLost(() => lost.abort())
  const signal = AbortSignal.any([stop, lost.signal])
  try {
    const streamed = memory.polls ? 'silent' : await stream(deps, memory, signal)
    if (lost.signal.aborted) return 'ended'
    if (streamed !== 'silent' || stop.aborted) return streamed
    const polled = await poll(deps, memory, signal)
    memory.polls = polled === 'ended'
    return polled
  } catch {
    // Whatever broke, the answer is the same: again, a little later; given up by ourselves, at once.
    return lost.signal.aborted ? 'ended' : 'failed'
  } finally {
    release()
  }
}

const ask = (deps: LiveDeps, memory: Memory, accept: string, signal: AbortSignal): Promise<Response> => {
  const headers: Record<string, string> = { accept, authorization: `Bearer ${deps.token() ?? ''}` }
  if (memory.lastId !== undefined) headers['last-event-id'] = memory.lastId
  return deps.fetch(url, { headers, signal, credentials: 'same-origin', cache: 'no-store' })
}

const refused = (response: Response): Outcome | undefined => {
  if (response.ok) return undefined
  return response.status === 401 ? 'expired' : 'failed'
}

const outcomes: Record<LiveEnd['reason'], Outcome> = {
  token: 'expired',
  membership: 'expired',
  session: 'expired',
  slow: 'ended',
  closing: 'failed',
}

async function stream(deps: LiveDeps, memory: Memory, signal: AbortSignal): Promise<Outcome> {
  const patience = new AbortController()
  let timer = setTimeout(() => patience.abort(), helloMs)
  let said = false
  const hear = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => patience.abort(), silenceMs)
  }
  try {
    const response = await ask(deps, memory, 'text/event-stream', AbortSignal.any([signal, patience.signal]))
    const refusal = refused(response)
    if (refusal || !response.body) return refusal ?? 'failed'
    const read = eventReader()
    for await (const piece of piecesOf(response.body)) {
      if (!said) deps.onConnected(true)
      said = true
      hear()
      for (const event of read(piece)) {
        const end = take(deps, memory, event)
        if (end) return outcomes[end.reason]
      }
    }
    return 'failed'
  } catch (error) {
    if (patience.signal.aborted && !signal.aborted) return said ? 'failed' : 'silent'
    throw error
  } finally {
    clearTimeout(timer)
    // Whoever leaves early leaves for good: the server is told by the closed connection.
    patience.abort()
  }
}

async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  // The library of types makes the decoder's input wider than a body's bytes.
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

/** Takes in one message; the end, when it is one. */
function take(deps: LiveDeps, memory: Memory, { id, event, data }: StreamEvent): LiveEnd | undefined {
  if (event === 'end') return parsed(LiveEnd, data)
  if (event === 'changes') tell(deps, memory, parsed(LiveChanges, data))
  if (event === 'reset') deps.onNews({ what: 'reset' })
  if (id !== undefined) memory.lastId = id
  return undefined
}

async function poll(deps: LiveDeps, memory: Memory, signal: AbortSignal): Promise<Outcome> {
  const response = await ask(deps, memory, 'application/json', signal)
  const refusal = refused(response)
  if (refusal) return refusal
  const { id, reset, changes } = LiveAnswer.parse(await response.json())
  deps.onConnected(true)
  memory.lastId = id
  if (reset) deps.onNews({ what: 'reset' })
  // An answer made only of what is known must not be asked for again and again.
  if (tell(deps, memory, changes) === 0 && changes.length > 0) await deps.rest(2000, signal)
  return 'ended'
}

function tell(deps: LiveDeps, memory: Memory, changes: readonly LiveChange[]): number {
  const fresh = changes.filter(memory.isNew)
  for (const change of fresh) deps.onNews(change)
  return fresh.length
}

const parsed = <S extends z.ZodType>(contract: S, data: string): z.output<S> => contract.parse(JSON.parse(data))
