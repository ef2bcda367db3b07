import type { FastifyInstance, FastifyRequest } from 'fastify'
import { problem } from '../problem-error.ts'
import { callerKey } from './caller-key.ts'
import { type LimitName, limitClasses, limitNameOf, mostOf, type OwnLimits } from './limit-classes.ts'
import { type LimitDeps, SharedLimits } from './shared-limits.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The kind of requests that this route is counted among; `false` is not counted at all, absent is found out. */
    limit?: LimitName | false
  }
}

interface Limit {
  readonly counts: SharedLimits
  readonly max: number
  readonly windowMs: number
}

/** What callers are let through by, over all processes. */
export interface RequestLimits {
  /** Counts every request from now on; stands after the bearer is read. */
  stand(): void
  /** Counts one whose bearer was refused, for the address. */
  countStranger(request: FastifyRequest): Promise<void>
}

/**
 * So many requests a minute for an account or, before sign-in, an address, over all processes; and so many of each kind.
 * Reading is counted once, so that the busiest requests cost no more than one counter that is nearly always at hand.
 */
export function openLimits(app: FastifyInstance, deps: LimitDeps, max: number, own: OwnLimits = {}): RequestLimits {
  const all: Limit = { counts: new SharedLimits(deps, 'all'), max, windowMs: 60_000 }
  const byName = new Map<string, Limit>()
  const ofRoute = new Map<string, readonly Limit[]>()
  const limitOf = (name: LimitName, url: string): Limit => {
    const { windowMs, ...kind } = { isByRoute: false, ...limitClasses[name] }
    const key = kind.isByRoute ? `${name} ${url}` : name
    const limit = byName.get(key) ?? { counts: new SharedLimits(deps, key), max: mostOf(name, max, own), windowMs }
    byName.set(key, limit)
    return limit
  }
  app.addHook('onRoute', (route) => {
    const name = route.config?.limit ?? limitNameOf(route)
    for (const method of [route.method].flat()) ofRoute.set(`${method} ${route.url}`, limitsOf(name, route.url))
  })
  const limitsOf = (name: LimitName | false | undefined, url: string): readonly Limit[] => {
    if (name === false) return []
    if (name === undefined) return [all]
    return 'isApart' in limitClasses[name] ? [limitOf(name, url)] : [all, limitOf(name, url)]
  }
  const strangers = [all]
  return {
    stand: () =>
      app.addHook('onRequest', (request, _reply, done) => {
        const limits = ofRoute.get(`${request.method} ${request.routeOptions.url}`) ?? strangers
        passAll(limits, request.claims?.accountId ?? callerKey(request.ip), done)
      }),
    countStranger: ({ ip }) =>
      new Promise((resolve, reject) => {
        passAll(strangers, callerKey(ip), (refused) => (refused ? reject(refused) : resolve()))
      }),
  }
}

/** Calls `done` at once where counters are at hand: most requests do not wait. */
function passAll([limit, ...rest]: readonly Limit[], key: string, done: (refused?: Error) => void): void {
  if (!limit) {
    done()
    return
  }
  const { counts, max, windowMs } = limit
  counts.incr(
    key,
    (error, counted) => {
      if (error || !counted) done(error ?? undefined)
      else if (counted.current > max) done(problem('too-many-requests', { retryAfter: Math.ceil(counted.ttl / 1000) }))
      else passAll(rest, key, done)
    },
    windowMs,
    max,
  )
}
