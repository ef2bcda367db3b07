import { testPassword } from '../builders/accounts.ts'
import type { Operation, Parameter } from './document.ts'
import { aFile } from './files.ts'
import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from './json.ts'
import { type Here, localise } from './localise.ts'
import { type Known, kindOf } from './pool.ts'
import { makeValue, type ValueSource, vary } from './values.ts'
import type { Caller, Draft, World } from './world.ts'

/** `/practitioners/{id}/slots` → `practitioner` for `{id}`; `seriesId` names its own kind. */
export function kindOfParameter(path: string, name: string): string {
  if (name !== 'id') return kindOf(name)
  const segments = path.split('/')
  return kindOf(segments[segments.indexOf('{id}') - 1] ?? '')
}

const isIdParameter = ({ in: where, schema }: Parameter): boolean => where === 'path' && schema.format === 'uuid'

/** The parameters of the address that name something which must exist. */
export const idParameters = ({ parameters }: Operation): Parameter[] => parameters.filter(isIdParameter)

/** What of this kind a caller may name in an operation: their own first, then what they were told of, then what others were. */
export function candidates(world: World, caller: Caller, operation: Operation, kind: string): Known[] {
  const { pool, random } = world
  const own = caller.own.get(kind)
  const ownKnown = own === undefined ? undefined : pool.find(own)
  if (ownKnown && random.chance(0.9)) return [ownKnown]
  const isOpen = ({ id }: Known): boolean => !pool.isShunned(caller.name, operation.id, id)
  const told = pool.known(caller.name, kind).filter(isOpen)
  return told.length > 0 ? told : pool.known(caller.territory, kind).filter(isOpen)
}

interface Address {
  url: string
  ids: string[]
  known: Known | undefined
  luck: string[]
}

function addressOf(world: World, operation: Operation, caller: Caller): Address {
  const { pool, random, luck } = world
  const address: Address = { url: operation.path, ids: [], known: undefined, luck: [] }
  const named = new Map<string, Known | undefined>()
  // The innermost first: what it stands under follows from it.
  for (const { name } of idParameters(operation).toReversed()) {
    const inner = [...named.values()].find((one) => one !== undefined)
    const all = candidates(world, caller, operation, kindOfParameter(operation.path, name))
    const under = inner ? all.filter(({ id }) => inner.parents.has(id)) : all
    const above = inner && under.length === 0 ? [...inner.parents].flatMap((id) => pool.find(id) ?? []) : under
    const drawn = above.length > 6 ? random.shuffle(above).slice(0, 6) : above
    const keyOf = ({ status }: Known): string => `${operation.id} at ${status}`
    const found = drawn.length > 0 ? luck.pick(random, drawn, keyOf) : undefined
    if (found) address.luck.push(keyOf(found))
    named.set(name, found)
  }
  for (const parameter of operation.parameters.filter(({ in: where }) => where === 'path')) {
    const { name } = parameter
    const known = named.get(name)
    address.known ??= known
    const text = isIdParameter(parameter)
      ? (known?.id ?? nobody)
      : wordFor(world, operation, caller, parameter, address)
    if (isIdParameter(parameter)) address.ids.push(text)
    address.url = address.url.replace(`{${name}}`, encodeURIComponent(text))
  }
  return address
}

const nobody = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c0f'

/** What the address names otherwise than by an id: one of the document's words, one that a list told, what a link holds. */
function wordFor(
  world: World,
  operation: Operation,
  caller: Caller,
  { name, schema }: Parameter,
  address: Address,
): string {
  const { pool, random, luck } = world
  if (name === 'token') return pool.text(caller.territory, 'calendar', random) ?? 'A'.repeat(64)
  const start = operation.path.slice(0, operation.path.indexOf(`/{${name}}`))
  const told = pool.text(caller.name, `${name} at ${start}`, random)
  if (told !== undefined && random.chance(0.9)) return told
  const words = listAt(schema, 'enum').map(String)
  if (words.length === 0) return String(makeValue(sourceOf(world, operation, caller, address), schema, name))
  const keyOf = (word: string): string => `${operation.path} by ${caller.name} of ${word}`
  const word = luck.pick(random, words, keyOf)
  address.luck.push(keyOf(word))
  return word
}

function sourceOf(world: World, operation: Operation, caller: Caller, { ids }: Pick<Address, 'ids'>): ValueSource {
  const { random, now, document, texts, municipalities } = world
  return {
    random,
    now,
    texts,
    resolve: document.resolve,
    municipality: () => random.pick(municipalities),
    idFor: (key) => {
      const kind = kindOf(key)
      const [, , , first = ''] = operation.path.split('/')
      const kinds = kind === 'other' || kind === 'id' ? [kindOf(first), 'case'] : [kind, kind.split('-').at(-1) ?? '']
      for (const one of kinds) {
        const found = candidates(world, caller, operation, one).filter(({ id }) => id !== ids[0])
        const under = found.filter(({ parents }) => parents.has(ids[0] ?? ''))
        if (found.length > 0) return random.pick(under.length > 0 && random.chance(0.9) ? under : found).id
      }
      return undefined
    },
  }
}

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
      if (/password/i.test(key) && isSignIn) return testPassword
      if (key === 'reference') return pool.text(caller.name, key, random)
      return key === 'token' ? tokenFor(world, operation, address) : undefined
    },
  }
}

/** What a link in a message holds; which page's links an operation takes is learnt. */
function tokenFor({ random, luck, tokens }: World, operation: Operation, address: Address): string | undefined {
  const letters = tokens()
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

/** A request that the document says is right, about what is known to exist. */
export function composeValid(world: World, operation: Operation, caller: Caller): Draft {
  const { random } = world
  const address = addressOf(world, operation, caller)
  const url = address.url + queryOf(world, operation, caller, address)
  const headers: Record<string, string> = { ...caller.headers }
  if (operation.path.includes('/sessions') && caller.cookie) headers.cookie = caller.cookie
  const isKeyed = operation.parameters.some(({ in: where, name }) => where === 'header' && name === 'idempotency-key')
  if (isKeyed && random.chance(0.2)) headers['idempotency-key'] = `cle-${random.between(0, 2_000_000_000)}`
  const common = { operation, caller, style: 'valid', method: operation.method, url, params: address.ids } as const
  if (!operation.body) return { ...common, note: '', headers, body: undefined, payload: undefined, luck: address.luck }
  if (operation.body.type !== 'application/json') {
    const file = aFile(random, random.chance(0.6))
    const named = { 'content-type': operation.body.type, 'content-disposition': file.disposition }
    return {
      ...common,
      note: file.note,
      headers: { ...headers, ...named },
      body: undefined,
      payload: file.bytes,
      luck: [],
    }
  }
  const { body, luck } = bodyOf(world, operation, caller, address)
  headers['content-type'] = 'application/json'
  return { ...common, note: '', headers, body, payload: JSON.stringify(body), luck: [...address.luck, ...luck] }
}
