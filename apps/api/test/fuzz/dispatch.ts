import { setTimeout as wait } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import type { TestApp } from '../build-test-app.ts'
import type { Errands } from './errands.ts'
import type { Strays } from './ground/strays.ts'
import { type Json, listAt, parseJson, textAt } from './json.ts'
import type { Answer, Judge } from './judge.ts'
import type { Report } from './report.ts'
import type { Caller, Draft, World } from './world.ts'

export interface FuzzRun {
  readonly tested: TestApp
  readonly world: World
  readonly callers: readonly Caller[]
  readonly strays: Strays
  readonly errands: Errands
  readonly judge: Judge
  readonly report: Report
  readonly requests: number
  /** How many are under way at once: one alone draws the same requests from the same seed, as far as it can. */
  readonly lanes: number
  /** Lets time pass: a moment between two requests, a day from one part of the run to the next. */
  pass(ms: number): void
}

const streamPatienceMs = 40

/** Sends one request, checks its answer, and learns from it. */
export async function dispatch(run: FuzzRun, draft: Draft): Promise<{ status: number; body: Json }> {
  const { judge, report, world } = run
  run.pass(12)
  const left = judge.moment()
  const answer = await ask(run, draft)
  const body = parseJson(answer.body)
  const code = answer.status >= 400 ? reasonOf(body) : undefined
  report.add(draft, answer.status, code)
  judge.check(draft, answer, { left, isMisdirected: /^(address|method|headers content-encoding)/.test(draft.note) })
  learn(world, judge, draft, answer.status, body)
  if (answer.status < 300) draft.onTaken?.(body ?? null)
  const isLost = answer.status === 401 && draft.style === 'valid' && draft.operation.access !== 'public'
  if (isLost && draft.caller.role !== 'anonymous' && !code?.startsWith('wrong-credentials')) await draft.caller.renew()
  return { status: answer.status, body: body ?? null }
}

/** The code of a refusal, with the first field that it names. */
function reasonOf(problem: Json | undefined): string {
  const [first] = listAt(problem, 'errors')
  return `${textAt(problem, 'code') ?? ''} ${textAt(first, 'pointer') ?? ''} ${textAt(first, 'code') ?? ''}`.trim()
}

async function ask({ tested, world: { random } }: FuzzRun, draft: Draft): Promise<Answer> {
  // The document names methods and headers that inject's own list of methods may lack.
  const options = {
    method: draft.method,
    url: draft.url,
    headers: draft.headers,
    payload: draft.payload,
    // Tries that fail are counted against an address: one of them all would keep everybody out before long.
    remoteAddress: `10.${random.between(0, 255)}.${random.between(0, 255)}.${random.between(1, 254)}`,
  } as InjectOptions
  const isStream = [...draft.operation.answers.values()].some((types) => types.has('text/event-stream'))
  if (!isStream) {
    const { statusCode, headers, body, cookies } = await tested.app.inject(options)
    if (draft.operation.path.includes('/sessions')) keepCookies(draft.caller, statusCode, cookies)
    return { status: statusCode, type: String(headers['content-type'] ?? ''), body }
  }
  // A stream that stays open has let its reader in: it says nothing before something happens.
  const leaving = new AbortController()
  const answer = tested.app.inject({ ...options, signal: leaving.signal }).catch(() => undefined)
  const closed = await Promise.race([answer, wait(streamPatienceMs)])
  leaving.abort()
  if (!closed) return { status: 200, type: 'text/event-stream', body: '' }
  return { status: closed.statusCode, type: String(closed.headers['content-type'] ?? ''), body: closed.body }
}

/** As a browser does: what is not given anew stays, what is emptied goes. */
function keepCookies(caller: Caller, status: number, given: readonly { name: string; value: string }[]): void {
  if (status === 401) caller.cookie = ''
  if (status >= 300 || given.length === 0) return
  const kept = new Map(caller.cookie.split('; ').map((pair) => [pair.split('=')[0] ?? '', pair]))
  for (const { name, value } of given) {
    if (value === '') kept.delete(name)
    else kept.set(name, `${name}=${value}`)
  }
  caller.cookie = [...kept.values()].filter((pair) => pair !== '').join('; ')
}

function learn(
  { pool, luck, demands }: World,
  judge: Judge,
  draft: Draft,
  status: number,
  answer: Json | undefined,
): void {
  const { operation, caller, url, params, style } = draft
  if (style === 'valid') {
    for (const error of status === 422 ? listAt(answer, 'errors') : []) {
      const [, key = '', ...deeper] = (textAt(error, 'pointer') ?? '').replace('/query', '').split('/')
      if (deeper.length === 0) demands.set(`${operation.id} by ${caller.name} ${key}`, textAt(error, 'code') ?? '')
    }
    luck.tell(`${operation.id} by ${caller.name}`, status < 400 || status === 409)
    for (const key of draft.luck) luck.tell(key, status < 400 || (status === 409 && key.includes(' body ')))
    if (status === 403 || status === 404) for (const id of params) pool.shun(caller.name, operation.id, id)
    if (status === 409) pool.forgetVersions(url, params)
  }
  if (status >= 300) return
  if (answer !== undefined) {
    const request = { path: operation.path, url, params }
    pool.learn(caller.name, request, answer)
    pool.learn(caller.territory, request, answer)
    for (const id of pool.newlyTold()) judge.secrets[caller.territory].add(id)
  }
  const last = params.at(-1)
  if (operation.method === 'DELETE' && last && draft.method === 'DELETE') pool.drop(last)
}
