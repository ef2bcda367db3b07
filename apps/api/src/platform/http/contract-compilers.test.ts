import { expect, test } from 'vitest'
import * as z from 'zod'
import { serializerCompiler, validatorCompiler } from './contract-compilers.ts'

const Colour = z.enum(['red', 'blue'])
const Answer = z.object({
  id: z.uuid().brand<'Id'>(),
  at: z.iso.datetime().nullable(),
  count: z.int().min(1).nullable(),
  owner: z.object({ name: z.string() }).nullable(),
  lines: z.array(z.object({ word: z.string().optional() })),
  byColour: z.partialRecord(Colour, z.number()),
  all: z.record(Colour, z.boolean()),
  free: z.record(z.string(), z.unknown()),
  either: z.union([z.object({ kind: z.literal('a'), a: z.string() }), z.object({ kind: z.literal('b'), b: z.int() })]),
  final: z.literal(true).nullable(),
})
const answer: z.input<typeof Answer> = {
  id: '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11',
  at: '2026-03-02T09:00:00.000Z',
  count: 3,
  owner: { name: 'Ève « L’Œil » "x"' },
  lines: [{ word: 'a' }, {}],
  byColour: { red: 0.5 },
  all: { red: true, blue: false },
  free: { deep: [1, null, { x: 'y' }] },
  either: { kind: 'b', b: 2 },
  final: true,
}

// Fastify gives the compiler more than it reads.
const writer = (schema: z.ZodType, verify: boolean) =>
  serializerCompiler({ verify })({ schema, method: 'GET', url: '/', httpStatus: '200' })
const write = (given: unknown, verify = false, schema: z.ZodType = Answer): unknown =>
  JSON.parse(writer(schema, verify)(given))

test('an answer is written as it is', () => {
  expect(write(answer)).toEqual(answer)
  expect(write(answer, true)).toEqual(answer)
})

test('a null stays null, whatever it could have been', () => {
  const empty = { ...answer, at: null, count: null, owner: null, final: null }
  expect(write(empty)).toEqual(empty)
})

test('a key that the contract does not know is left out, also deep inside', () => {
  const leaking = {
    ...answer,
    secret: 1,
    owner: { name: 'n', secret: 1 },
    lines: [{ word: 'a', secret: 1 }],
    either: { kind: 'a', a: 'x', secret: 1 },
  }
  expect(JSON.stringify(write(leaking))).not.toContain('secret')
  expect(() => write(leaking, true)).toThrow('/secret')
  expect(() => write({ ...answer, lines: [{ secret: 1 }] }, true)).toThrow('/lines/0/secret')
})

test('with the check, a null where none is allowed is an error instead of an empty word', () => {
  expect(() => write({ ...answer, id: null }, true)).toThrow()
  expect(() => write({ ...answer, owner: { name: null } }, true)).toThrow()
})

const read = (schema: z.ZodType, input: unknown, httpPart = 'body') => {
  const result = validatorCompiler({ schema, httpPart, method: 'POST', url: '/' })(input)
  return typeof result === 'object' && 'error' in result ? result.error : result
}

const Patient = z.union([z.strictObject({ id: z.uuid() }), z.strictObject({ name: z.string(), born: z.iso.date() })])
const Move = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('close'), reason: z.enum(['gone']), version: z.int() }),
  z.strictObject({ action: z.literal('note'), version: z.int() }),
])

test.each([
  ['of a union, the branch that was meant', Patient, { name: 'x' }, 'invalid-field', [['/born', 'required']]],
  [
    'an unknown field of it',
    Patient,
    { name: 'x', born: '2020-01-01', a: 1 },
    'invalid-field',
    [['/a', 'unknown-field']],
  ],
  ['an action that is none', Move, { action: 'fly', version: 1 }, 'invalid-field', [['/action', 'unknown-value']]],
  ['a missing reason', Move, { action: 'close', version: 1 }, 'reason-required', [['/reason', 'required']]],
  [
    'a wrong reason',
    Move,
    { action: 'close', version: 1, reason: 'x' },
    'invalid-field',
    [['/reason', 'unknown-value']],
  ],
])('a refusal points at %s', (_, schema, input, code, errors) => {
  expect(read(schema, input)).toMatchObject({
    code,
    extras: { errors: errors.map(([pointer, why]) => ({ pointer, code: why })) },
  })
})
