import { createHmac, hkdfSync } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Database, Db } from '../db/database.ts'
import { queryRows } from '../db/named-query.ts'
import { invalidField, problem } from '../problem-error.ts'
import type { idempotencyKeys } from '../session.table.ts'

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
  /** Each process derives the same from it, and the database alone nothing. */
  readonly masterKey: Buffer
}

const keptMs = 24 * 3_600_000
// An act takes seconds at most: a key held longer belongs to a process that died.
const abandonedMs = 60_000
const patience = { tries: 100, everyMs: 100 }

const Key = z.string().regex(/^[\x21-\x7e]{8,200}$/)
const KeptAnswer = z.object({ payload: z.string(), location: z.string().optional() })

/** Same key and same body: the same answer for a day. The key is taken before the act, so that two at once act once. */
export function keepAnswers(app: FastifyInstance, deps: IdempotencyDeps): void {
  // A body may hold a health number: few enough are possible that a plain digest of it would give it away.
  const digestKey = Buffer.from(hkdfSync('sha256', deps.masterKey, '', 'maillage kept answers', 32))
  app.decorateRequest('heldKey', null)
  app.addHook('preHandler', async (request, reply) => {
    const given = request.headers['idempotency-key']
    if (!request.routeOptions.config.idempotent || given === undefined) return
    const key = Key.safeParse(given)
    if (!key.success) throw invalidField('/headers/idempotency-key', 'invalid-format')
    return takeOrReplay(deps, request, reply, { key: key.data, bodyHash: hashOf(digestKey, request) })
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.heldKey) return
    const key = [request.actor.cptsId, request.actor.accountId, request.heldKey]
    const answer = { payload: String(payload ?? ''), location: reply.getHeader('location') }
    const end =
      reply.statusCode < 400
        ? { ...keepAnswer, values: [...key, reply.statusCode, JSON.stringify(answer)] }
        : { ...freeKey, values: key }
    await deps.db.read(request.actor.cptsId, (db) => queryRows(db, end))
    request.heldKey = null
  })
}

async function takeOrReplay(
  deps: IdempotencyDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { key, bodyHash }: { key: string; bodyHash: string },
): Promise<FastifyReply | undefined> {
  for (let left = patience.tries; left > 0; left -= 1) {
    const held = await deps.db.read(request.actor.cptsId, (db) => take(db, request, { key, bodyHash }, deps.now()))
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

/*
 * Each of these stands alone, and is committed by itself. Taking a key does not wait for the disk: the act that follows
 * does, and what it forces to the disk begins with the key. A key that is too old is taken over where it lies; the
 * nightly clean-up forgets the others.
 */
const takeKey = {
  name: 'idempotency_take',
  text: `with unforced as materialized (select set_config('synchronous_commit', 'off', true))
    insert into idempotency_keys as held (cpts_id, account_id, key, body_hash, created_at)
    select $1, $2, $3, $4, $5::timestamptz from unforced
    on conflict (cpts_id, account_id, key) do update
      set body_hash = excluded.body_hash, status = null, answer = null, created_at = excluded.created_at
      where held.created_at < $6::timestamptz or (held.status is null and held.created_at < $7::timestamptz)
    returning key`,
}
const readKey = {
  name: 'idempotency_read',
  text: `select body_hash as "bodyHash", status, answer from idempotency_keys
    where cpts_id = $1 and account_id = $2 and key = $3`,
}
const keepAnswer = {
  name: 'idempotency_keep',
  text: 'update idempotency_keys set status = $4, answer = $5 where cpts_id = $1 and account_id = $2 and key = $3',
}
const freeKey = {
  name: 'idempotency_free',
  text: 'delete from idempotency_keys where cpts_id = $1 and account_id = $2 and key = $3',
}

async function take(
  db: Db,
  request: FastifyRequest,
  { key, bodyHash }: { key: string; bodyHash: string },
  now: Date,
): Promise<'taken' | Held> {
  const own = [request.actor.cptsId, request.actor.accountId, key]
  const before = (ms: number) => new Date(now.getTime() - ms)
  const values = [...own, bodyHash, now, before(keptMs), before(abandonedMs)]
  const [taken] = await queryRows(db, { ...takeKey, values })
  if (taken) return 'taken'
  const [held] = await queryRows<Held>(db, { ...readKey, values: own })
  // Freed between the two questions: the next try takes it.
  return held ?? { bodyHash, status: null, answer: null }
}

const hashOf = (digestKey: Buffer, { method, url, body }: FastifyRequest): string =>
  createHmac('sha256', digestKey)
    .update(`${method} ${url}\n${JSON.stringify(body)}`)
    .digest('base64url')

function replay(reply: FastifyReply, status: number, answer: unknown): FastifyReply {
  const { payload, location } = KeptAnswer.parse(answer)
  if (location !== undefined) reply.header('location', location)
  return reply.code(status).type('application/json; charset=utf-8').send(payload)
}
