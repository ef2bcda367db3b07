import { createHash, randomBytes } from 'node:crypto'
import { AccountId, CptsId, MembershipId, newId } from '@maillage/contracts/kit/ids'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../../test/test-db.ts'
import { problem } from '../problem-error.ts'
import type { Claims } from '../session/claims.ts'
import { idempotencyKeys } from '../session.table.ts'
import { guardAccess } from './access.ts'
import { keepAnswers } from './idempotency.ts'
import { handleProblems } from './problem-handler.ts'

let database: TestDatabase
let app: FastifyInstance
let acts: number
let now: Date
let claims: Claims
let failure: Error | undefined

const somebody = (): Claims => ({
  accountId: newId(AccountId),
  displayName: 'Personne Essai',
  familyId: newId(AccountId),
  hat: {
    membershipId: newId(MembershipId),
    cptsId: newId(CptsId),
    role: 'coordinator',
    practitionerId: null,
    unitIds: [],
    isHealthProfessional: false,
  },
})

beforeAll(async () => {
  database = await openTestDatabase()
  app = Fastify()
  handleProblems(app, async () => undefined)
  guardAccess(app, {
    readClaims: async () => claims,
    sessions: { demandOpen: () => undefined },
    limits: { countStranger: async () => undefined },
  })
  keepAnswers(app, { db: database.db, now: () => now, masterKey: randomBytes(32) })
  app.post('/things', { config: { access: ['coordinator'], idempotent: true } }, async (_request, reply) => {
    acts += 1
    const act = acts
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (failure) throw failure
    return reply.code(201).header('location', `/things/${act}`).send({ act, word: 'crème' })
  })
  await app.ready()
})

afterAll(async () => {
  await app.close()
  await database.close()
})

beforeEach(() => {
  acts = 0
  failure = undefined
  now = new Date('2026-03-02T09:00:00Z')
  claims = somebody()
})

const post = (key: string, payload: object = { name: 'a' }) =>
  app.inject({
    method: 'POST',
    url: '/things',
    payload,
    headers: { 'idempotency-key': key, authorization: 'Bearer x' },
  })

test('the same request sent again acts once and answers the same', async () => {
  const first = await post('key-number-1')
  const again = await post('key-number-1')
  expect(acts).toBe(1)
  expect([again.statusCode, again.body, again.headers.location]).toEqual([201, first.body, '/things/1'])
  expect(again.headers['content-type']).toBe(first.headers['content-type'])
})

test('five at once act once', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => post('key-number-2')))
  expect(acts).toBe(1)
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
})

test('another body under the same key is refused', async () => {
  await post('key-number-3')
  const other = await post('key-number-3', { name: 'b' })
  expect([other.statusCode, other.json().code, acts]).toEqual([409, 'idempotency-conflict', 1])
})

test('a failed act frees the key', async () => {
  failure = problem('wrong-status')
  expect((await post('key-number-4')).statusCode).toBe(409)
  failure = undefined
  expect((await post('key-number-4')).statusCode).toBe(201)
  expect(acts).toBe(2)
})

test('a key is its account’s own, and is forgotten after a day', async () => {
  await post('key-number-5')
  const { accountId } = claims
  claims = somebody()
  await post('key-number-5')
  expect(acts).toBe(2)
  claims = { ...claims, accountId }
  now = new Date(now.getTime() + 25 * 3_600_000)
  await post('key-number-5')
  expect(acts).toBe(3)
})

test('a key held by a process that died is taken over', async () => {
  await post('key-number-6')
  await database.db.transaction(claims.hat?.cptsId ?? newId(CptsId), (tx) =>
    tx.update(idempotencyKeys).set({ status: null, answer: null }),
  )
  now = new Date(now.getTime() + 61_000)
  expect((await post('key-number-6')).statusCode).toBe(201)
  expect(acts).toBe(2)
})

test('a key that is no key is refused', async () => {
  const answer = await post('court')
  expect(answer.json().errors).toEqual([{ pointer: '/headers/idempotency-key', code: 'invalid-format' }])
})

test('what is kept of a body is no digest that its reader could try numbers against', async () => {
  await post('key-number-7', { number: '148069900000114' })
  const rows = await database.asOwner((tx) => tx.select().from(idempotencyKeys))
  const guess = createHash('sha256').update('POST /things\n{"number":"148069900000114"}').digest('base64url')
  expect(rows.map(({ bodyHash }) => bodyHash)).not.toContain(guess)
})
