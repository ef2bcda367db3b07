import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { buildTestApp, type TestApp } from './build-test-app.ts'

const Media = z.object({
  schema: z.looseObject({ oneOf: z.array(z.unknown()).optional() }),
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
})
const Content = z.record(z.string(), Media)
const Operation = z.object({
  operationId: z.string(),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
})
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) })

let tested: TestApp
let served: Record<string, unknown>
let described: z.infer<typeof Document>

beforeAll(async () => {
  tested = await buildTestApp()
  served = (await tested.app.inject({ url: '/api/openapi.json' })).json()
  described = Document.parse(served)
})

afterAll(async () => {
  await tested.close()
})

type Shown = z.infer<typeof Media> & { name: string; pointer: string }

const pointerTo = (...steps: readonly string[]): string =>
  steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

/** Every body that an operation takes and every answer that it gives, with where its schema stands. */
function contents(part: 'body' | 'answer'): Shown[] {
  return Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId, requestBody, responses }]) => {
      const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'))
      const given = successes.map(([status, { content }]) => ({ at: ['responses', status], content }))
      const places = part === 'body' ? [{ at: ['requestBody'], content: requestBody?.content }] : given
      return places.flatMap(({ at, content }) =>
        Object.entries(content ?? {}).map(([type, media]) => ({
          ...media,
          name: operationId,
          pointer: pointerTo('paths', path, method, ...at, 'content', type, 'schema'),
        })),
      )
    }),
  )
}

const exampleValues = ({ example, examples = {} }: Shown): unknown[] => [
  ...(example === undefined ? [] : [example]),
  ...Object.values(examples).map(({ value }) => value),
]

test('the document is OpenAPI 3.1', async () => {
  const checked = new Validator()
  expect(await checked.validate(structuredClone(served))).toMatchObject({ valid: true })
  expect(checked.version).toBe('3.1')
})

describe('every operation shows what it takes and gives', () => {
  test('a body is shown at least once, and once for each move', () => {
    for (const { name, schema, examples = {} } of contents('body')) {
      const shown = Object.keys(examples).length
      expect([name, shown >= Math.max(1, schema.oneOf?.length ?? 1)]).toEqual([name, true])
    }
    expect(contents('body').length).toBeGreaterThan(30)
  })

  test('an answer is shown', () => {
    for (const media of contents('answer'))
      expect([media.name, exampleValues(media)]).toEqual([media.name, [expect.anything()]])
  })

  test('what is shown holds to its schema', () => {
    const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true })
    formats.default(ajv)
    ajv.addSchema(served, 'api')
    for (const media of [...contents('body'), ...contents('answer')]) {
      const validate = ajv.getSchema(`api#${media.pointer}`)
      for (const value of exampleValues(media)) {
        validate?.(value)
        expect([media.name, validate?.errors]).toEqual([media.name, null])
      }
    }
  })
})
