import type { Random } from '../../seeds/demo/invent/random.ts'
import { isObject, type Json, type JsonObject, listAt, numberAt, objectAt, placesOf, textAt } from './json.ts'

/** From what valid values are drawn. */
export interface ValueSource {
  readonly random: Random
  readonly now: () => Date
  readonly resolve: (schema: Json | undefined) => JsonObject
  /** Texts of the document's examples, by which patterns are met. */
  readonly texts: readonly string[]
  /** A living id for a field of this name. */
  idFor(key: string): string | undefined
  municipality(): string
}

const day = 86_400_000
const words = [
  'Rappeler demain',
  'L’état est stable — merci',
  'Élodie Ñandú-Œuvre',
  '😀👩‍⚕️ va mieux',
  'مرحبا بكم',
  '‮à l’envers‬',
  "O'Connor; drop table cases; --",
  '<script>alert(1)</script>',
  '=1+1',
  '2A004',
  '\u0024{7*7} {{7*7}} %s %n',
  'ﬁn de ligne\net suite',
]

/** The texts of every example of the document. */
export function textsOf(examples: readonly Json[]): string[] {
  const texts = examples.flatMap((example) =>
    [...placesOf(example)].flatMap(({ value }) => (typeof value === 'string' ? [value] : [])),
  )
  return [...new Set(texts)]
}

/** A value that the schema takes, as far as a schema can tell. */
export function makeValue(source: ValueSource, given: Json | undefined, key: string): Json {
  const { random, resolve } = source
  const schema = resolve(given)
  const branches = [...listAt(schema, 'anyOf'), ...listAt(schema, 'oneOf')]
  if (branches.length > 0) return makeValue(source, random.pick(branches), key)
  if (schema.const !== undefined) return schema.const
  const choices = listAt(schema, 'enum')
  if (choices.length > 0) return random.pick(choices)
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'string']
  const type = random.pick(types)
  if (type === 'null') return null
  if (type === 'boolean') return random.chance(0.5)
  if (type === 'integer' || type === 'number') return makeNumber(source, schema, key)
  if (type === 'array') return makeArray(source, schema, key)
  if (type === 'object') return makeObject(source, schema, key)
  return makeText(source, schema, key)
}

function makeNumber({ random }: ValueSource, schema: JsonObject, key: string): number {
  if (/version$/i.test(key)) return 1
  const least = numberAt(schema, 'minimum') ?? 0
  const most = Math.min(numberAt(schema, 'maximum') ?? 1000, least + 100_000)
  if (random.chance(0.2)) return random.pick([least, most])
  return random.between(Math.ceil(least), Math.floor(Math.min(most, least + 30)))
}

function makeArray(source: ValueSource, schema: JsonObject, key: string): Json[] {
  const least = numberAt(schema, 'minItems') ?? 0
  const most = Math.min(numberAt(schema, 'maxItems') ?? 3, least + 2)
  const items = Array.from({ length: source.random.between(least, most) }, () =>
    makeValue(source, objectAt(schema, 'items'), key),
  )
  const texts = new Set(items.map((item) => JSON.stringify(item)))
  return items.filter((item) => texts.delete(JSON.stringify(item)))
}

function makeObject(source: ValueSource, schema: JsonObject, within: string): JsonObject {
  const required = new Set(listAt(schema, 'required'))
  const made: JsonObject = {}
  for (const [key, inner] of Object.entries(objectAt(schema, 'properties'))) {
    if (!required.has(key) && !source.random.chance(0.3)) continue
    made[key] = makeValue(source, inner, key === 'id' ? within : key)
  }
  return made
}

function makeText(source: ValueSource, schema: JsonObject, key: string): string {
  const { random, now, texts } = source
  const format = textAt(schema, 'format')
  if (format === 'uuid') return source.idFor(key) ?? '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c0f'
  const at = new Date(now().getTime() + random.between(-4, 40) * (day / 2) + random.between(0, 1_000_000))
  if (format === 'date-time') return at.toISOString()
  if (format === 'date') return at.toISOString().slice(0, 10)
  if (format === 'email') return `personne${random.between(1, 9999)}@essai.example`
  if (/^municipalit(y|ies|yCode|yCodes)$/.test(key)) return source.municipality()
  const pattern = textAt(schema, 'pattern')
  if (pattern !== undefined) {
    const meets = new RegExp(pattern, 'u')
    const fitting = [...texts, ...words, '12:30', 'abcdefgh'].filter((text) => meets.test(text))
    return fitting.length > 0 ? random.pick(fitting) : random.pick(words)
  }
  return fitLength(random.chance(0.6) ? random.pick(words) : random.pick(texts), schema)
}

function fitLength(text: string, schema: JsonObject): string {
  const most = numberAt(schema, 'maxLength') ?? 200
  const least = numberAt(schema, 'minLength') ?? 0
  return text
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, '')
    .padEnd(least, 'x')
}

/** The same body with a few of its places drawn anew from the schema: still valid, no longer the example. */
export function vary(source: ValueSource, given: Json, schema: Json | undefined, rate: number, key = ''): Json {
  const { random, resolve } = source
  const own = branchFor(source, resolve(schema), given)
  if (Array.isArray(given)) {
    if (random.chance(rate / 2)) return makeValue(source, own, key)
    return given.map((item) => vary(source, item, objectAt(own, 'items'), rate, key))
  }
  if (!isObject(given)) {
    const isKept = /version$|Ids?$|^(action|id|email|password|present|next|token)$/i.test(key) || own.type === undefined
    return !isKept && random.chance(rate) ? makeValue(source, own, key) : given
  }
  const required = new Set(listAt(own, 'required'))
  const varied: JsonObject = {}
  const properties = objectAt(own, 'properties')
  for (const [name, inner] of Object.entries(given)) {
    if (!required.has(name) && name in properties && random.chance(rate / 2)) continue
    varied[name] = vary(source, inner, properties[name], rate, name)
  }
  for (const [name, inner] of Object.entries(properties)) {
    if (!(name in given) && random.chance(rate / 3)) varied[name] = makeValue(source, inner, name)
  }
  return varied
}

/** Of several shapes, the one that a value seems to have: its fixed words agree, and its required keys are there. */
function branchFor({ resolve }: ValueSource, schema: JsonObject, value: Json): JsonObject {
  const branches = [...listAt(schema, 'anyOf'), ...listAt(schema, 'oneOf')].map((one) => resolve(one))
  if (branches.length === 0) return schema
  const fits = (branch: JsonObject): boolean => {
    if (!isObject(value)) return branch.type === (Array.isArray(value) ? 'array' : typeof value)
    const properties = Object.entries(objectAt(branch, 'properties'))
    const agrees = properties.every(([key, inner]) => {
      const fixed = isObject(inner) ? inner.const : undefined
      return fixed === undefined || fixed === value[key]
    })
    return agrees && listAt(branch, 'required').every((key) => String(key) in value)
  }
  return branches.find(fits) ?? {}
}
