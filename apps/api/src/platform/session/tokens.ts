import jwt from '@fastify/jwt'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { problem } from '../problem-error.ts'
import { Claims } from './claims.ts'
import type { SigningKeys } from './signing-keys.ts'

/** Short, because a token is believed without a look-up: a role taken away is gone when it expires. */
export const tokenLifetimeSeconds = 10 * 60

const Payload = Claims.extend({ exp: z.int() })
const Header = z.object({ header: z.object({ kid: z.string() }) })

export interface TokenDeps {
  readonly keys: SigningKeys
  readonly now: () => Date
}

/** Lets the app sign and verify access tokens (ES256), each with the key that its `kid` names. */
export async function registerTokens(app: FastifyInstance, { keys }: TokenDeps): Promise<void> {
  await app.register(jwt, {
    secret: {
      private: async () => (await keys.current()).privateKey,
      public: async (_request: FastifyRequest, token: unknown) => {
        const read = Header.safeParse(token)
        const key = read.success ? await keys.publicKey(read.data.header.kid) : undefined
        if (!key) throw problem('not-signed-in')
        return key
      },
    },
    sign: { algorithm: 'ES256' },
    // The expiry is compared with the app's own clock, below.
    verify: { algorithms: ['ES256'], ignoreExpiration: true, cache: 1000 },
    decode: { complete: true },
  })
}

/** An access token and when it ends. */
export async function issueToken(
  app: FastifyInstance,
  { keys, now }: TokenDeps,
  claims: Claims,
): Promise<{ accessToken: string; expiresAt: Date }> {
  const { kid, privateKey } = await keys.current()
  const iat = Math.floor(now().getTime() / 1000)
  const exp = iat + tokenLifetimeSeconds
  const accessToken = app.jwt.sign({ ...claims, iat, exp }, { key: privateKey, kid, algorithm: 'ES256' })
  return { accessToken, expiresAt: new Date(exp * 1000) }
}

/** Bearers that were verified and may come again; the oldest leave first. */
const mostKnown = 5000

/**
 * Reads what requests' tokens say; 401 for one that is forged, unreadable or too old. A token that was verified once is
 * known by its whole text until it expires: the same text cannot say anything else.
 */
export function claimsReader(now: () => Date): (request: FastifyRequest) => Promise<Claims> {
  const known = new Map<string, { claims: Claims; endsAt: number }>()
  return async (request) => {
    const bearer = request.headers.authorization ?? ''
    const found = known.get(bearer) ?? (await read(request))
    if (found.endsAt <= now().getTime()) {
      known.delete(bearer)
      throw problem('not-signed-in')
    }
    if (!known.has(bearer)) {
      const [oldest] = known.keys()
      if (oldest !== undefined && known.size >= mostKnown) known.delete(oldest)
      known.set(bearer, found)
    }
    return found.claims
  }
}

async function read(request: FastifyRequest): Promise<{ claims: Claims; endsAt: number }> {
  const { exp, ...claims } = Payload.parse(await verified(request))
  return { claims, endsAt: exp * 1000 }
}

async function verified(request: FastifyRequest): Promise<unknown> {
  try {
    return await request.jwtVerify()
  } catch (error) {
    if (isTokenFault(error)) throw problem('not-signed-in')
    throw error
  }
}

const isTokenFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(FST_JWT|FAST_JWT)_/.test(String(error.code))
