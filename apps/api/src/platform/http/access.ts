import type { HeldDelegation, Role } from '@maillage/contracts/roles'
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { problem } from '../problem-error.ts'
import type { Claims, Hat } from '../session/claims.ts'

/** Who may call a route: anyone, anyone with a session (even without a role), or the holders of these roles. */
export type Access = 'public' | 'signed-in' | readonly Role[]

/** Whoever is behind a request, under one role in one CPTS. */
export interface SignedInActor extends Hat {
  readonly accountId: Claims['accountId']
  readonly displayName: string
  readonly requestId: string
  /** Those for whom a secretary acts, as they stood when the request came. */
  readonly delegations?: readonly HeldDelegation[]
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyInstance {
    /** Every route with who may call it, for the table under review. */
    readonly declaredAccess: readonly DeclaredAccess[]
  }
  interface FastifyRequest {
    /** What the token says; refused with 401 on a route that was called without one. */
    readonly signedIn: Claims
    /** The token's holder in their CPTS; refused with 403 when the account has no role. */
    readonly actor: SignedInActor
    claims: Claims | null
    delegations: readonly HeldDelegation[] | null
  }
}

/** Routes that plugins add by themselves, and who may call them; a closed list, kept by the app. */
export type PluginRoutes = readonly { url: string; access: Access }[]

export interface DeclaredAccess {
  readonly method: string
  readonly url: string
  readonly access: Access
}

/** Every route says who may call it, or the server does not start. Stands on the root, before any plugin. */
export function demandAccess(app: FastifyInstance, pluginRoutes: PluginRoutes): void {
  const declared: DeclaredAccess[] = []
  app.decorate('declaredAccess', declared)
  app.addHook('onRoute', (route: RouteOptions) => {
    const access = route.config?.access ?? pluginRoutes.find(({ url }) => url === route.url)?.access
    if (!access) throw new Error(`${String(route.method)} ${route.url} declares no access`)
    route.config = { ...route.config, access }
    for (const method of [route.method].flat()) declared.push({ method, url: route.url, access })
  })
}

/** What the door asks of a request: what its token says, and whether the session that it came from still stands. */
export interface AccessChecks {
  readonly readClaims: (request: FastifyRequest) => Promise<Claims>
  readonly sessions: { demandOpen(familyId: string): Promise<void> | undefined }
  /** Nobody tries tokens without end: refuses for another reason who has tried too many. */
  readonly limits: { countStranger(request: FastifyRequest): Promise<void> }
}

/** Reads the bearer once a request and refuses who may not: no look-up in the database on this road. */
export function guardAccess(app: FastifyInstance, { readClaims, sessions, limits }: AccessChecks): void {
  app.decorateRequest('claims', null)
  app.decorateRequest('delegations', null)
  app.decorateRequest('signedIn', { getter: claimsOf })
  app.decorateRequest('actor', { getter: actorOf })
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access ?? 'public'
    if (access === 'public') return
    try {
      if (!request.headers.authorization) throw problem('not-signed-in')
      const claims = await readClaims(request)
      await sessions.demandOpen(claims.familyId)
      request.claims = claims
    } catch (error) {
      await limits.countStranger(request)
      throw error
    }
    if (access !== 'signed-in' && !access.includes(request.actor.role)) throw problem('role-may-not')
  })
}

function claimsOf(this: FastifyRequest): Claims {
  if (!this.claims) throw problem('not-signed-in')
  return this.claims
}

function actorOf(this: FastifyRequest): SignedInActor {
  const { accountId, displayName, hat, mustEnrol } = claimsOf.call(this)
  if (!hat) throw problem(mustEnrol ? 'second-factor-to-enrol' : 'role-may-not')
  const who = { ...hat, accountId, displayName, requestId: this.id }
  return this.delegations ? { ...who, delegations: this.delegations } : who
}
