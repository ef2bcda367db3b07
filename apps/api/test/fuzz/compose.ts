import { testPassword } from '../builders/accounts.ts'
import { type Address, addressOf, sourceOf } from './address.ts'
import type { Operation } from './document.ts'
import { aFile } from './files.ts'
import { isObject, type Json, type JsonObject, objectAt, textAt } from './json.ts'
import { type Here, localise } from './localise.ts'
import { makeValue, type ValueSource, vary } from './values.ts'
import type { Caller, Draft, Given, World } from './world.ts'

function queryOf(world: World, operation: Operation, caller: Caller, address: Address): string {
  const { random, pool } = world
  const source = sourceOf(world, operation, caller, address)
  const pairs = operation.parameters.flatMap(({ name, in: where, isRequired, schema }) => {
    const isAsked = isRequired || world.demands.get(`${operation.id} by ${caller.name} ${name}`) === 'required'
    if (where !== 'query' || !random.chance(isAsked ? 0.9 : 0.25)) return []
    if (name === 'cursor') {
      const next = pool.text(caller.name, `next ${address.url}`, random)
      return next === undefined ? [] : [[name, next] as const]
    }
    const told = pool.text(caller.name, name, random)
    const value = told ?? makeValue(source, schema, name)
    const values = Array.isArray(value) ? value : [value]
    return values.map((one) => [name, typeof one === 'object' ? JSON.stringify(one) : String(one)] as const)
  })
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, value]))}`
}

function hereOf(world: World, operation: Operation, caller: Caller, address: Address): Here {
  const { random, pool, now } = world
  const source = sourceOf(world, operation, caller, address)
  let other: string | undefined
  return {
    random,
    now,
    mark: caller.mark,
    municipality: source.municipality,
    idFor: (key) => {
      const id = source.idFor(key)
      if (key === 'otherId') other = id
      return id
    },
    versionFor: (key) => {
      if (key !== 'version') return pool.find(other ?? '')?.version
      const named = address.ids.toReversed().map((id) => pool.find(id)?.version)
      return pool.versionAt(address.url) ?? named.find((version) => version !== undefined)
    },
    textFor: (key) => {
      const isSignIn = /\/(sessions|me)(\/|$)/.test(operation.path)
      if (key === 'email' && isSignIn) return caller.email
      if (/^(password|present|next)$/i.test(key) && isSignIn) return testPassword
      if (key === 'code' && isSignIn) return caller.code()
      if (key === 'reference') return pool.text(caller.name, key, random)
      return key === 'token' ? tokenFor(world, operation, address) : undefined
    },
  }
}

/** What a link in a message holds; which page's links an operation takes is learnt. */
function tokenFor({ random, luck, letters: read }: World, operation: Operation, address: Address): string | undefined {
  const letters = read()
  if (letters.length === 0) return undefined
  const pages = [...new Set(letters.map(({ page }) => page))]
  const keyOf = (page: string): string => `${operation.id} from ${page}`
  const page = luck.pick(random, pages, keyOf)
  address.luck.push(keyOf(page))
  return random.pick(letters.filter((letter) => letter.page === page).slice(-4)).token
}

function bodyOf(world: World, operation: Operation, caller: Caller, address: Address): { body: Json; luck: string[] } {
  const { random, luck } = world
  const examples = operation.body?.examples ?? []
  const { actions = [] } = address.known ?? {}
  const possible = examples.filter(({ value }) => actions.includes(textAt(value, 'action') ?? ''))
  const choice = possible.length > 0 && random.chance(0.9) ? possible : examples
  const source = sourceOf(world, operation, caller, address)
  const schema = operation.body?.schema ?? {}
  const keyOf = (name: string): string => `${operation.id} by ${caller.name} body ${name}`
  const isMade = choice.length === 0 || random.chance(0.08)
  const example = isMade ? undefined : luck.pick(random, choice, ({ name }) => keyOf(name))
  const here = hereOf(world, operation, caller, address)
  const raw = example ? example.value : makeValue(source, schema, '')
  const local = localise(here, raw)
  const varied = random.chance(0.4) ? vary(source, local, schema, 0.12) : local
  const body = isObject(varied) ? asDemanded(world, operation, caller, source, varied) : varied
  return { body, luck: example ? [keyOf(example.name)] : [] }
}

/** What refusals taught of a body: what this caller must say in it, or may not. */
function asDemanded(
  world: World,
  operation: Operation,
  caller: Caller,
  source: ValueSource,
  body: JsonObject,
): JsonObject {
  const { random, demands } = world
  const asked = { ...body }
  for (const [key, inner] of Object.entries(objectAt(operation.body?.schema, 'properties'))) {
    const demand = demands.get(`${operation.id} by ${caller.name} ${key}`)
    if (key === 'confirmNotDuplicate' && random.chance(0.8)) asked[key] = true
    else if (demand === 'required' && !(key in asked) && random.chance(0.85)) asked[key] = makeValue(source, inner, key)
    else if (demand === 'not-allowed' && random.chance(0.85)) delete asked[key]
  }
  return asked
}

/** A request that the document says is right, about what is known to exist, or about what was prepared for it. */
export function composeValid(world: World, operation: Operation, asked: Caller, given: Given = {}): Draft {
  const { random } = world
  const caller = given.caller ?? asked
  const address = addressOf(world, operation, caller)
  if (given.named) {
    nameIn(address, operation, given.named)
    address.known = world.pool.find(address.ids[0] ?? '')
  }
  const query = given.query === undefined ? queryOf(world, operation, caller, address) : `?${given.query}`
  const headers: Record<string, string> = { ...caller.headers }
  if (operation.path.includes('/sessions') && caller.cookie)
    Object.assign(headers, { cookie: caller.cookie, origin: world.origin })
  const isKeyed = operation.parameters.some(({ in: where, name }) => where === 'header' && name === 'idempotency-key')
  if (isKeyed && random.chance(0.2)) headers['idempotency-key'] = `cle-${random.between(0, 2_000_000_000)}`
  const what = payloadOf(world, operation, caller, address, given)
  return {
    operation,
    caller,
    style: 'valid',
    method: operation.method,
    url: address.url + query,
    params: address.ids,
    note: what.note,
    headers: { ...headers, ...what.headers },
    body: what.body,
    payload: what.payload,
    // What was prepared says nothing of what is drawn.
    luck: given.named !== undefined || given.body !== undefined ? [] : [...address.luck, ...what.luck],
    ...(given.onTaken ? { onTaken: given.onTaken } : {}),
  }
}

/** Puts what was prepared in the place of what was drawn. */
function nameIn(address: Address, { path }: Operation, named: Readonly<Record<string, string>>): void {
  const drawn = address.url.split('/')
  const ids = new Map<string, string>()
  const parts = path.split('/').map((part, index) => {
    const name = /\{(\w+)\}/.exec(part)?.[1] ?? ''
    const prepared = named[name]
    if (prepared === undefined) return drawn[index] ?? ''
    ids.set(drawn[index] ?? '', prepared)
    return part.replace(`{${name}}`, prepared)
  })
  address.ids = address.ids.map((id) => ids.get(id) ?? id)
  address.url = parts.join('/')
}

type Payload = Pick<Draft, 'note' | 'headers' | 'body' | 'payload' | 'luck'>

function payloadOf(world: World, operation: Operation, caller: Caller, address: Address, given: Given): Payload {
  if (!operation.body) return { note: '', headers: {}, body: undefined, payload: undefined, luck: [] }
  if (operation.body.type !== 'application/json') {
    const file = aFile(world.random, world.random.chance(0.6))
    const named = { 'content-type': operation.body.type, 'content-disposition': file.disposition }
    return { note: file.note, headers: named, body: undefined, payload: file.bytes, luck: [] }
  }
  const { body, luck } =
    given.body === undefined ? bodyOf(world, operation, caller, address) : { body: given.body, luck: [] }
  return { note: '', headers: { 'content-type': 'application/json' }, body, payload: JSON.stringify(body), luck }
}
