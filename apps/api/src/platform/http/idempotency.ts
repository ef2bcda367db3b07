import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { and, eq, isNull, lt } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Database, Db } from '../db/database.ts'
import { invalidField, problem } from '../problem-error.ts'
import { idempotencyKeys } from '../session.table.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A creation or an acceptance: `Idempotency-Key` makes it safe to send twice. */
    idempotent?: boolean
  }
  interface FastifyRequest {
    /** The key that this request holds while it acts. */
    heldKey: string | null
  }
}

export interface IdempotencyDeps {
  readonly db: Database
  readonly now: () => Date
}

const keptMs = 24 * 3_600_000
// An act takes seconds at most: a key held longer belongs to a process that died.
const abandonedMs = 60_000
const patience = { tries: 100, everyMs: 100 }

const Key = z.string().regex(/^[\x21-\x7e]{8,200}$/)
const KeptAnswer = z.object({ payload: z.string(), location: z.string().optional() })

/** Same key and same body: the same answer for a day. The key is taken before the act, so that two at once act once. */
export function keepAnswers(app: FastifyInstance, deps: IdempotencyDeps): void {
  app.decorateRequest('heldKey', null)
  app.addHook('preHandler', async (request, reply) => {
    const given = request.headers['idempotency-key']
    if (!request.routeOptions.config.idempotent || given === undefined) return
    const key = Key.safeParse(given)
    if (!key.success) throw invalidField('/headers/idempotency-key', 'invalid-format')
    return takeOrReplay(deps, request, reply, key.data)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.heldKey) return
    const where = ownKey(request, request.heldKey)
    const isDone = reply.statusCode < 400
    const answer = { payload: String(payload ?? ''), location: reply.getHeader('location') }
    await deps.db.transaction(request.actor.cptsId, async (tx) => {
      if (isDone) await tx.update(idempotencyKeys).set({ status: reply.statusCode, answer }).where(where)
      else await tx.delete(idempotencyKeys).where(where)
    })
    request.heldKey = null
  })
}

async function takeOrReplay(
  deps: IdempotencyDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
): Promise<FastifyReply | undefined> {
  const bodyHash = hashOf(request)
  for (let left = patience.tries; left > 0; left -= 1) {
    const held = await deps.db.transaction(request.actor.cptsId, (tx) =>
      take(tx, request, { key, bodyHash }, deps.now()),
    )
    if (held === 'taken') {
      request.heldKey = key
      return undefined
    }
    if (held.bodyHash !== bodyHash) throw problem('idempotency-conflict')
    if (held.status !== null) return replay(reply, held.status, held.answer)
    // The first request with this key is still acting: its answer is ours.
    await wait(patience.everyMs)
  }
  throw problem('not-ready', { retryAfter: 5 })
}

type Held = Pick<typeof idempotencyKeys.$inferSelect, 'bodyHash' | 'status' | 'answer'>

async function take(
  tx: Db,
  request: FastifyRequest,
  { key, bodyHash }: { key: string; bodyHash: string },
  now: Date,
): Promise<'taken' | Held> {
  const { cptsId, accountId } = request.actor
  const mine = and(eq(idempotencyKeys.cptsId, cptsId), eq(idempotencyKeys.accountId, accountId))
  const before = (ms: number) => lt(idempotencyKeys.createdAt, new Date(now.getTime() - ms))
  await tx.delete(idempotencyKeys).where(and(mine, before(keptMs)))
  await tx.delete(idempotencyKeys).where(and(mine, isNull(idempotencyKeys.status), before(abandonedMs)))
  const [taken] = await tx
    .insert(idempotencyKeys)
    .values({ cptsId, accountId, key, bodyHash, createdAt: now })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key })
  if (taken) return 'taken'
  const { status, answer, bodyHash: usedWith } = idempotencyKeys
  const [held] = await tx
    .select({ status, answer, bodyHash: usedWith })
    .from(idempotencyKeys)
    .where(ownKey(request, key))
  // Freed between the two questions: the next try takes it.
  return held ?? { bodyHash, status: null, answer: null }
}

const ownKey = ({ actor }: FastifyRequest, key: string) =>
  and(
    eq(idempotencyKeys.cptsId, actor.cptsId),
    eq(idempotencyKeys.accountId, actor.accountId),
    eq(idempotencyKeys.key, key),
  )

const hashOf = ({ method, url, body }: FastifyRequest): string =>
  createHash('sha256')
    .update(`${method} ${url}\n${JSON.stringify(body)}`)
    .digest('base64url')

function replay(reply: FastifyReply, status: number, answer: unknown): FastifyReply {
  const { payload, location } = KeptAnswer.parse(answer)
  if (location !== undefined) reply.header('location', location)
  return reply.code(status).type('application/json; charset=utf-8').send(payload)
}
