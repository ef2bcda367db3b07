import type { Operation, Parameter } from './document.ts'
import { listAt, placesOf } from './json.ts'
import { isUuid, type Known, kindOf } from './pool.ts'
import { makeValue, type ValueSource } from './values.ts'
import type { Caller, World } from './world.ts'

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

/** Where a request goes, and what is known of what it names. */
export interface Address {
  url: string
  ids: string[]
  known: Known | undefined
  luck: string[]
}

/** Draws what the path names among what lives, the innermost first. */
export function addressOf(world: World, operation: Operation, caller: Caller): Address {
  const { pool, random, luck } = world
  const address: Address = { url: operation.path, ids: [], known: undefined, luck: [] }
  const named = new Map<string, Known | undefined>()
  const holder = random.chance(0.5) ? holderOf(world, operation, caller) : undefined
  // The innermost first: what it stands under follows from it.
  for (const { name } of idParameters(operation).toReversed()) {
    const inner = [...named.values()].find((one) => one !== undefined)
    const all = candidates(world, caller, operation, kindOfParameter(operation.path, name))
    const under = inner ? all.filter(({ id }) => inner.parents.has(id)) : all
    const above = inner && under.length === 0 ? [...inner.parents].flatMap((id) => pool.find(id) ?? []) : under
    const drawn = above.length > 6 ? random.shuffle(above).slice(0, 6) : above
    const keyOf = ({ status }: Known): string => `${operation.id} at ${status}`
    const drawnOne = drawn.length > 0 ? luck.pick(random, drawn, keyOf) : undefined
    const found = holder ?? drawnOne
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

/** When what is sent must belong to what is addressed (a need to its discharge, a message to its case): one that has some. */
function holderOf(world: World, operation: Operation, caller: Caller): Known | undefined {
  const { pool, random } = world
  const [parameter, ...others] = idParameters(operation)
  if (!parameter || others.length > 0) return undefined
  const kind = kindOfParameter(operation.path, parameter.name)
  const held = operation.parameters
    .filter(({ in: where, schema }) => where === 'query' && schema.format === 'uuid')
    .map(({ name }) => name)
  for (const { value } of operation.body?.examples ?? [])
    for (const { path, value: inner } of placesOf(value))
      if (isUuid(inner)) held.push(path.findLast((key) => !/^\d+$/.test(key)) ?? '')
  if (held.length === 0) return undefined
  const inner = candidates(world, caller, operation, kindOf(random.pick(held)))
  const holders = inner.flatMap(({ parents }) => [...parents].flatMap((id) => pool.find(id) ?? []))
  const fitting = holders.filter(({ kinds, id }) => kinds.has(kind) && !pool.isShunned(caller.name, operation.id, id))
  return fitting.length > 0 ? random.pick(fitting) : undefined
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

/** From what this caller's values are drawn in this operation. */
export function sourceOf(
  world: World,
  operation: Operation,
  caller: Caller,
  { ids }: Pick<Address, 'ids'>,
): ValueSource {
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
