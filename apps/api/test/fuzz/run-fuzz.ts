import { setTimeout as wait } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import type { TestApp } from '../build-test-app.ts'
import { candidates, idParameters, kindOfParameter } from './address.ts'
import { composeValid } from './compose.ts'
import type { Operation } from './document.ts'
import type { Errands } from './errands.ts'
import { listAt, parseJson, textAt } from './json.ts'
import type { Answer, Judge } from './judge.ts'
import type { Report } from './report.ts'
import { spoil } from './spoil.ts'
import type { Caller, Draft, World } from './world.ts'

export interface FuzzRun {
  readonly tested: TestApp
  readonly world: World
  readonly callers: readonly Caller[]
  readonly errands: Errands
  readonly judge: Judge
  readonly report: Report
  readonly requests: number
  /** Lets time pass: a moment between two requests, a day from one part of the run to the next. */
  pass(ms: number): void
}

const parts = 5
/** The sweep takes a request in so many at most: whoever may not call an operation is refused at its door. */
export const sweepLeast = 4
const errandsEvery = 400
const streamPatienceMs = 40
const share = { near: 0.16, hostile: 0.08 }

/** Sends so many requests, one after the other but for some that leave two at once. */
export async function runFuzz(run: FuzzRun): Promise<void> {
  const { world, callers, report, requests } = run
  const { random, document } = world
  // Every operation is called once by everybody, whether or not they may, spread over the run: all of them in a long one.
  const sweep = random.shuffle(
    document.operations.flatMap((operation) => callers.map((caller) => ({ operation, caller }))),
  )
  const sweepGap = Math.max(sweepLeast, (requests / sweep.length) * 0.95)
  let nextSweep = 0
  let nextPart = requests / parts
  let nextErrands = errandsEvery
  while (report.sent < requests) {
    if (report.sent >= nextPart) {
      nextPart += requests / parts
      run.pass(86_400_000)
      for (const caller of callers) await caller.renew()
    }
    if (report.sent >= nextErrands) {
      nextErrands += errandsEvery
      await run.errands.run()
    }
    const swept = report.sent >= nextSweep ? sweep.pop() : undefined
    if (swept) nextSweep += sweepGap
    const operation = swept?.operation ?? random.pick(document.operations)
    const caller = swept?.caller ?? callerFor(run, operation)
    await provide(run, operation, caller)
    await send(run, operation, caller)
  }
}

function callerFor({ world, callers }: FuzzRun, operation: Operation): Caller {
  const { luck, random } = world
  const { access } = operation
  const mayAsk = callers.filter(({ role }) => {
    if (access === 'public') return true
    return role !== 'anonymous' && (access === 'signed-in' || access.some((one) => one === role))
  })
  if (mayAsk.length === 0 || random.chance(0.02)) return random.pick(callers)
  return luck.pick(random, mayAsk, ({ name }) => `${operation.id} by ${name}`)
}

/** Reads, or makes, what the address will name when the caller knows nothing of that kind; reads again what it acts on. */
async function provide(run: FuzzRun, operation: Operation, caller: Caller, depth = 0): Promise<void> {
  const { world } = run
  const { operations } = world.document
  const signIn = operations.find(({ id }) => id === 'postSessions')
  if (/sessions\/(refresh|current)/.test(operation.path) && !caller.cookie && signIn)
    await dispatch(run, composeValid(world, signIn, caller))
  for (const { name } of idParameters(operation)) {
    const start = operation.path.slice(0, operation.path.indexOf(`/{${name}}`))
    const known = candidates(world, caller, operation, kindOfParameter(operation.path, name))
    if (known.length > 0 && !world.random.chance(0.06)) continue
    const sources = operations.filter(({ path, method }) => path === start && (method === 'GET' || method === 'POST'))
    const mine = sources.filter(
      ({ access }) => access === 'public' || access === 'signed-in' || access.some((role) => role === caller.role),
    )
    if (mine.length === 0 || depth > 1) continue
    const source = world.random.pick(mine)
    await provide(run, source, caller, depth + 1)
    await dispatch(run, composeValid(world, source, caller))
  }
}

async function send(run: FuzzRun, operation: Operation, caller: Caller): Promise<void> {
  const { world } = run
  const { random } = world
  let draft = composeValid(world, operation, caller)
  const isTold = typeof draft.body === 'object' && draft.body !== null && 'version' in draft.body
  const isFresh =
    world.pool.versionAt(draft.url) !== undefined ||
    draft.params.some((id) => world.pool.find(id)?.version !== undefined)
  if (isTold && (!isFresh || random.chance(0.25))) {
    await readAgain(run, draft)
    draft = composeValid(world, operation, caller)
  }
  const fate = random.next()
  if (fate < share.hostile) return dispatch(run, spoil(world, draft, 'hostile'))
  if (fate < share.hostile + share.near) return dispatch(run, spoil(world, draft, 'near'))
  if (operation.method !== 'GET' && random.chance(0.04)) {
    await Promise.all([dispatch(run, draft, true), dispatch(run, draft, true)])
    return
  }
  await dispatch(run, draft)
}

/** What the act is about to change, read by whoever changes it: its version and what it allows now. */
async function readAgain(run: FuzzRun, draft: Draft): Promise<void> {
  const { operations } = run.world.document
  const kinds = run.world.pool.find(draft.params[0] ?? '')?.kinds ?? new Set<string>()
  const isOf = (path: string): boolean => {
    if (path === draft.operation.path) return true
    if (path === `${draft.operation.path.split('/{')[0]}/{id}`) return true
    return (
      draft.operation.path.includes('/cases/{id}') && path.endsWith('/{id}') && kinds.has(kindOfParameter(path, 'id'))
    )
  }
  const reading = operations.find(({ method, path }) => method === 'GET' && isOf(path))
  if (!reading) return
  const [id] = draft.params
  const composed = composeValid(run.world, reading, draft.caller)
  const url = id && composed.params[0] ? composed.url.replace(composed.params[0], id) : composed.url
  await dispatch(run, { ...composed, url, params: id ? [id] : [] })
}

/** Sends one request, checks its answer, and learns from it. */
async function dispatch(run: FuzzRun, draft: Draft, isTwin = false): Promise<void> {
  const { judge, report, world } = run
  run.pass(12)
  const answer = await ask(run, draft)
  const code = answer.status >= 400 ? reasonOf(answer) : undefined
  report.add(draft, answer.status, code)
  judge.check(draft, answer, { isTwin, isMisdirected: /^(address|method|headers content-encoding)/.test(draft.note) })
  learn(world, judge, draft, answer)
  const isLost = answer.status === 401 && draft.style === 'valid' && draft.operation.access !== 'public'
  if (isLost && draft.caller.role !== 'anonymous' && !code?.startsWith('wrong-credentials')) await draft.caller.renew()
}

/** The code of a refusal, with the first field that it names. */
function reasonOf({ body }: Answer): string {
  const problem = parseJson(body)
  const [first] = listAt(problem, 'errors')
  return `${textAt(problem, 'code') ?? ''} ${textAt(first, 'pointer') ?? ''} ${textAt(first, 'code') ?? ''}`.trim()
}

async function ask({ tested }: FuzzRun, draft: Draft): Promise<Answer> {
  // The document names methods and headers that inject's own list of methods may lack.
  const options = {
    method: draft.method,
    url: draft.url,
    headers: draft.headers,
    payload: draft.payload,
  } as InjectOptions
  const isStream = [...draft.operation.answers.values()].some((types) => types.has('text/event-stream'))
  if (!isStream) {
    const { statusCode, headers, body, cookies } = await tested.app.inject(options)
    const isSession = draft.operation.path.includes('/sessions')
    if (isSession && statusCode < 300)
      draft.caller.cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    else if (isSession && statusCode === 401) draft.caller.cookie = ''
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

function learn({ pool, luck, demands }: World, judge: Judge, draft: Draft, { status, body }: Answer): void {
  const { operation, caller, url, params, style } = draft
  const hasReached = status < 400 || status === 409
  if (style === 'valid') {
    for (const error of status === 422 ? listAt(parseJson(body), 'errors') : []) {
      const [, key = '', ...deeper] = (textAt(error, 'pointer') ?? '').replace('/query', '').split('/')
      if (deeper.length === 0) demands.set(`${operation.id} by ${caller.name} ${key}`, textAt(error, 'code') ?? '')
    }
    luck.tell(`${operation.id} by ${caller.name}`, hasReached)
    for (const key of draft.luck) luck.tell(key, status < 400 || (status === 409 && key.includes(' body ')))
    if (status === 403 || status === 404) for (const id of params) pool.shun(caller.name, operation.id, id)
    if (status === 409) pool.forgetVersions(url, params)
  }
  if (status >= 300) return
  const answer = parseJson(body)
  if (answer !== undefined) {
    const request = { path: operation.path, url, params }
    pool.learn(caller.name, request, answer)
    pool.learn(caller.territory, request, answer)
    for (const id of pool.newlyTold()) judge.secrets[caller.territory].add(id)
  }
  const last = params.at(-1)
  if (operation.method === 'DELETE' && last && draft.method === 'DELETE') pool.drop(last)
}
