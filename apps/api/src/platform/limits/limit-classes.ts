// What routes declare beside their own fields: this file is read by the configuration, far from the plugins.
import type {} from '@fastify/swagger'
import type { RouteOptions } from 'fastify'
import type {} from '../http/access.ts'

const minute = 60_000

/** A kind of requests that is counted on its own. */
export interface LimitClass {
  /** How many, as a part of what one caller may ask in all in a minute (`RATE_LIMIT_MAX`). */
  readonly part: number
  /** Never fewer: a person must get through with the smallest setting. */
  readonly least: number
  readonly windowMs: number
  /** Each route by itself: a part is for one thing to do, not for all that are rare. */
  readonly isByRoute?: boolean
  /** Not counted among all the rest. */
  readonly isApart?: boolean
}

/** The kinds; every route has one or none, see `limitNameOf`. */
export const limitClasses = {
  /** What a stranger tries: a password, a code, an address. Checking one is dear on purpose. */
  'sign-in': { part: 1 / 20, least: 20, windowMs: minute },
  /** What a stranger sends that costs a message, or that could be tried again and again. */
  link: { part: 1 / 40, least: 5, windowMs: 60 * minute, isByRoute: true },
  /** Calendars that diaries ask for by themselves. */
  feed: { part: 1 / 40, least: 30, windowMs: minute },
  search: { part: 1 / 4, least: 30, windowMs: minute },
  /** Exports, downloads, imports: large, and what somebody leaving with the data would use. */
  file: { part: 1 / 20, least: 10, windowMs: minute },
  write: { part: 1 / 4, least: 30, windowMs: minute },
  /** The program's own files: a whole hospital behind one address loads a new version in a few minutes. */
  asset: { part: 10, least: 100, windowMs: minute, isApart: true },
} as const satisfies Record<string, LimitClass>

export type LimitName = keyof typeof limitClasses
// Object.keys loses the literal keys; the table above is the source.
export const limitNames = Object.keys(limitClasses) as LimitName[]

/** Numbers that an operator gave instead of a part. */
export type OwnLimits = Readonly<Partial<Record<LimitName, number>>>

const reading = ['GET', 'HEAD']
const isPlain = (types: readonly string[] | undefined): boolean => (types ?? []).every((type) => /json/.test(type))

/** The kind of a route, from what it declares anyway: nobody has to remember to name it. */
export function limitNameOf({ method, url, config, schema }: RouteOptions): LimitName | undefined {
  const methods = [method].flat()
  if (!isPlain(schema?.produces) || !isPlain(schema?.consumes)) return 'file'
  if (url === '/*') return 'asset'
  if (methods.every((one) => reading.includes(one))) return undefined
  if (config?.access === 'public' && schema?.body) return 'sign-in'
  return url.endsWith('/search') ? 'search' : 'write'
}

/** How many of a kind, with the operator's numbers. */
export function mostOf(name: LimitName, max: number, own: OwnLimits): number {
  const { part, least } = limitClasses[name]
  return own[name] ?? Math.max(least, Math.ceil(max * part))
}
