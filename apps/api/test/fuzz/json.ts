import type { Json } from '../builders/hostile-values.ts'

export type { Json }
export type JsonObject = { [key: string]: Json }

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a key holds where it holds an object; an empty one elsewhere, so that a path can be followed. */
export const objectAt = (value: Json | undefined, ...keys: readonly string[]): JsonObject => {
  let here: Json | undefined = value
  for (const key of keys) here = isObject(here) ? here[key] : undefined
  return isObject(here) ? here : {}
}

export const listAt = (value: Json | undefined, key: string): Json[] => {
  const found = isObject(value) ? value[key] : undefined
  return Array.isArray(found) ? found : []
}

export const textAt = (value: Json | undefined, key: string): string | undefined => {
  const found = isObject(value) ? value[key] : undefined
  return typeof found === 'string' ? found : undefined
}

export const numberAt = (value: Json | undefined, key: string): number | undefined => {
  const found = isObject(value) ? value[key] : undefined
  return typeof found === 'number' ? found : undefined
}

/** What a text holds, undefined when it is no JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    // JSON.parse gives nothing else.
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Every place of a value, from the outside in: where it stands, under which key. */
export function* placesOf(
  value: Json,
  path: readonly string[] = [],
): Generator<{ path: readonly string[]; value: Json }> {
  yield { path, value }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* placesOf(inner, [...path, key])
}

/** The same value with another one in a place; `undefined` takes the place away. */
export function replaced(value: Json, path: readonly string[], by: Json | undefined): Json {
  const [key, ...rest] = path
  if (key === undefined) return by ?? null
  const put = (inner: Json): Json | undefined => (rest.length === 0 ? by : replaced(inner, rest, by))
  if (Array.isArray(value)) {
    const items = value.map((item, index) => (String(index) === key ? put(item) : item))
    return items.filter((item) => item !== undefined)
  }
  if (!isObject(value)) return value
  const { [key]: old = null, ...others } = value
  const changed = put(old)
  return changed === undefined ? others : { ...others, [key]: changed }
}
