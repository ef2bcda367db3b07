import { Problem } from '@maillage/contracts/kit/problems'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'

const Operation = z.object({
  operationId: z.string(),
  summary: z.string().min(5),
  tags: z.array(z.string()).min(1),
  security: z.array(z.unknown()),
  responses: z.record(z.string(), z.unknown()),
})
const Example = z.object({ value: Problem })
const Refusal = z.object({
  content: z.object({ 'application/problem+json': z.object({ examples: z.record(z.string(), Example) }) }),
})
const Document = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ responses: z.record(z.string(), Refusal), schemas: z.record(z.string(), z.unknown()) }),
})

let tested: TestApp
let text: string
let document: z.infer<typeof Document>

beforeAll(async () => {
  tested = await buildTestApp()
  text = (await tested.app.inject({ url: '/api/openapi.json' })).body
  document = Document.parse(JSON.parse(text))
})

afterAll(async () => {
  await tested.close()
})

const operations = () => Object.values(document.paths).flatMap((item) => Object.values(item))

test('every route of the API is described once, under a name of its own', () => {
  const routes = tested.app.declaredAccess.filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api/v1/'))
  expect(operations()).toHaveLength(routes.length)
  expect(new Set(operations().map(({ operationId }) => operationId)).size).toBe(routes.length)
})

test('every operation says what it answers when it refuses', () => {
  for (const { operationId, responses } of operations()) {
    expect([operationId, Object.keys(responses)]).toEqual([operationId, expect.arrayContaining(['429', '500', '503'])])
    expect([operationId, Object.keys(responses).some((status) => /^[23]/.test(status))]).toEqual([operationId, true])
  }
})

test('each example of a refusal is one, and every reference leads somewhere', () => {
  for (const { content } of Object.values(document.components.responses)) {
    for (const [code, { value }] of Object.entries(content['application/problem+json'].examples)) {
      expect(value.code).toBe(code)
    }
  }
  const references = [...text.matchAll(/"#\/components\/(schemas|responses)\/([^"]+)"/g)]
  const lost = references.filter(
    ([, kind, id]) => !(String(id) in document.components[kind === 'schemas' ? 'schemas' : 'responses']),
  )
  expect(references.length).toBeGreaterThan(100)
  expect(lost).toEqual([])
})
