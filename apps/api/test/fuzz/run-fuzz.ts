import { candidates, idParameters, kindOfParameter } from './address.ts'
import { composeValid } from './compose.ts'
import { dispatch, type FuzzRun } from './dispatch.ts'
import type { Operation } from './document.ts'
import { grounds } from './ground/grounds.ts'
import type { Stage, Told } from './ground/stage.ts'
import { spoil } from './spoil.ts'
import type { Caller, Draft, Given } from './world.ts'

const parts = 5
/** The sweep takes a request in so many at most: whoever may not call an operation is refused at its door. */
export const sweepLeast = 4
const errandsEvery = 400
const share = { near: 0.16, hostile: 0.08, prepared: 0.85, twins: 0.04 }

/** Every operation called once by everybody, whether or not they may, spread over the run: all of them in a long one. */
interface Sweep {
  readonly left: { operation: Operation; caller: Caller }[]
  readonly gap: number
  next: number
}

/** Sends so many requests, some at once; the server does its own work while nobody asks for anything. */
export async function runFuzz(run: FuzzRun): Promise<void> {
  const { world, callers, report, requests } = run
  const left = world.random.shuffle(
    world.document.operations.flatMap((operation) => callers.map((caller) => ({ operation, caller }))),
  )
  const sweep: Sweep = { left, gap: Math.max(sweepLeast, (requests / left.length) * 0.95), next: 0 }
  const stage = stageOf(run)
  let nextPart = requests / parts
  await lowerThresholds(stage)
  while (report.sent < requests) {
    const until = Math.min(report.sent + errandsEvery, nextPart, requests)
    await Promise.all(Array.from({ length: run.lanes }, () => walk(run, stage, sweep, until)))
    await run.errands.run()
    await run.errands.watchTrail()
    if (report.sent >= nextPart) {
      nextPart += requests / parts
      await passNight(run)
    }
  }
}

async function walk(run: FuzzRun, stage: Stage, sweep: Sweep, until: number): Promise<void> {
  const { world, report } = run
  while (report.sent < until) {
    const swept = report.sent >= sweep.next ? sweep.left.pop() : undefined
    if (swept) sweep.next += sweep.gap
    const operation = swept?.operation ?? world.random.pick(world.document.operations)
    const caller = swept?.caller ?? callerFor(run, operation)
    const isPrepared = !swept && world.random.chance(share.prepared)
    const given = isPrepared ? await grounds[operation.id]?.(stage, caller) : undefined
    if (given) await send(run, composeValid(world, operation, caller, given))
    else await sendDrawn(run, operation, caller)
  }
}

async function passNight(run: FuzzRun): Promise<void> {
  run.pass(86_400_000)
  await run.errands.runNight()
  for (const caller of run.callers) await caller.renew()
}

/** So that a few files opened are a reading to be explained. */
async function lowerThresholds({ ask, callers }: Stage): Promise<void> {
  const administrator = callers.find(({ role }) => role === 'administrator')
  if (!administrator) return
  for (const name of ['reading-alert-hour-files', 'reading-alert-day-files'])
    await ask('putSettingsByName', administrator, { named: { name }, body: { value: 3, version: 0 } })
}

function stageOf(run: FuzzRun): Stage {
  const { world } = run
  const byId = new Map(world.document.operations.map((operation) => [operation.id, operation]))
  return {
    ...run,
    async ask(id: string, caller: Caller, given: Given = {}): Promise<Told> {
      const operation = byId.get(id)
      if (!operation) throw new Error(`No operation ${id}`)
      if (!given.named) await provide(run, operation, caller)
      const draft = composeValid(world, operation, caller, given)
      const { url, params } = draft
      return { ...(await dispatch(run, draft)), url, params }
    },
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

async function sendDrawn(run: FuzzRun, operation: Operation, caller: Caller): Promise<void> {
  const { world } = run
  await provide(run, operation, caller)
  const draft = composeValid(world, operation, caller)
  const isTold = typeof draft.body === 'object' && draft.body !== null && 'version' in draft.body
  const isFresh =
    world.pool.versionAt(draft.url) !== undefined ||
    draft.params.some((id) => world.pool.find(id)?.version !== undefined)
  if (!isTold || (isFresh && !world.random.chance(0.25))) return send(run, draft)
  await readAgain(run, draft)
  await send(run, composeValid(world, operation, caller))
}

/** As it is, with one thing wrong with it, or twice at once. */
async function send(run: FuzzRun, draft: Draft): Promise<void> {
  const { world } = run
  const { random } = world
  const fate = random.next()
  if (fate < share.hostile) await dispatch(run, spoil(world, draft, 'hostile'))
  else if (fate < share.hostile + share.near) await dispatch(run, spoil(world, draft, 'near'))
  else if (draft.operation.method !== 'GET' && random.chance(share.twins))
    await Promise.all([dispatch(run, draft), dispatch(run, draft)])
  else await dispatch(run, draft)
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
  await dispatch(
    run,
    composeValid(
      run.world,
      reading,
      draft.caller,
      id !== undefined && reading.path.includes('{id}') ? { named: { id } } : {},
    ),
  )
}
