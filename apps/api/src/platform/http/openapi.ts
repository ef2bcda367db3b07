import swagger from '@fastify/swagger'
import { Problem, type ProblemCode, problemCodes, problems } from '@maillage/contracts/kit/problems'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { type ProblemResponse, problemResponse, problemType } from './problem-responses.ts'

const components = z.registry<{ id: string }>().add(Problem, { id: 'Problem' })
const problemSchema = '#/components/schemas/Problem'
// A format says what its pattern spells out at length, three hundred times a document.
const readable = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.format) delete jsonSchema.pattern
}
const toJson = createJsonSchemaTransform({ schemaRegistry: components, zodToJsonConfig: { override: readable } })
const toDocument = createJsonSchemaTransformObject({ schemaRegistry: components })

/** Describes the API as OpenAPI 3.1 from the routes themselves; register it before them. */
export async function describeApi(app: FastifyInstance, about: { version: string }): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Maillage',
        version: about.version,
        license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
        description: 'Back-office of a CPTS. Refusals are `application/problem+json`; their codes are permanent.',
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
    transform: (document) =>
      toJson({
        ...document,
        schema: { ...document.schema, ...operationOf(document.route), response: responsesOf(document.route) },
      }),
    transformObject: (document) => tidy(toDocument(document)),
  })
}

const IdempotencyHeader = z.object({
  'idempotency-key': z.string().min(8).max(200).optional().describe('Same key and body: the same answer for a day'),
})

/** `POST /api/v1/gp-searches/:id/moves` is `postGpSearchesByIdMoves`. */
function operationIdOf({ method, url }: RouteOptions): string {
  const words = url
    .replace(/^\/api\/v1/, '')
    .replaceAll(/:(\w+)/g, 'by-$1')
    .split(/[^A-Za-z0-9]+/)
  return String(method).toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function operationOf(route: RouteOptions): Record<string, unknown> {
  const access = route.config?.access ?? 'public'
  const roles = Array.isArray(access) ? access : undefined
  return {
    operationId: route.schema?.operationId ?? operationIdOf(route),
    ...(roles && !route.schema?.description ? { description: `Roles: ${roles.join(', ')}.` } : {}),
    security: access === 'public' ? [] : [{ bearer: [] }],
    ...(route.config?.idempotent ? { headers: IdempotencyHeader } : {}),
  }
}

/** What every route of its kind may answer, beside what it lists itself. */
function usualCodes({ config, schema }: RouteOptions): ProblemCode[] {
  const access = config?.access ?? 'public'
  const codes: ProblemCode[] = ['too-many-requests', 'internal-error', 'not-ready']
  if (access !== 'public') codes.push('not-signed-in')
  if (Array.isArray(access)) codes.push('role-may-not')
  if (schema?.params) codes.push('not-found')
  if (schema?.body || schema?.querystring) codes.push('malformed-request', 'invalid-field')
  if (schema?.body) codes.push('too-large', 'unsupported-media-type')
  if (config?.idempotent) codes.push('idempotency-conflict')
  return codes
}

function responsesOf(route: RouteOptions): Record<string, unknown> {
  // Fastify leaves the response map untyped: ours holds Zod schemas and problem responses.
  const given = (route.schema?.response ?? {}) as Record<string, unknown>
  const listed = Object.values(given).flatMap((response) => (isProblem(response) ? response.codes : []))
  const codes = [...new Set([...listed, ...usualCodes(route)])].sort(
    (one, other) => problemCodes.indexOf(one) - problemCodes.indexOf(other),
  )
  const statuses = [...new Set(codes.map((code) => problems[code].status))]
  return {
    ...given,
    ...Object.fromEntries(
      statuses.map((status) => [status, problemResponse(codes.filter((code) => problems[code].status === status))]),
    ),
  }
}

const isProblem = (response: unknown): response is ProblemResponse =>
  typeof response === 'object' && response !== null && 'codes' in response

type Document = ReturnType<typeof toDocument>

const Responses = z.record(
  z.string(),
  z.looseObject({ description: z.string().optional(), content: z.unknown().optional() }),
)

/** An answer without a body has no content; a refusal shows an example of each of its codes. */
function tidy(document: Document): Document {
  if ('components' in document) delete document.components?.schemas?.ProblemInput
  for (const item of Object.values(document.paths ?? {})) {
    for (const method of ['get', 'post', 'put', 'delete'] as const) {
      const operation = item?.[method]
      if (operation) operation.responses = tidyResponses(operation.responses)
    }
  }
  return document
}

const successes: Readonly<Record<string, string>> = { '200': 'The answer', '201': 'Created' }

function tidyResponses(given: unknown): Record<string, Record<string, unknown>> {
  const tidied = Object.entries(Responses.parse(given)).map(([status, { content, ...rest }]) => {
    if (status === '204') return [status, { description: 'Done, with nothing to add' }]
    const examples = examplesOf(rest.description ?? '')
    if (Number(status) < 400) return [status, { description: successes[status] ?? 'Done', content }]
    return [status, { ...rest, content: { [problemType]: { schema: { $ref: problemSchema }, examples } } }]
  })
  return Object.fromEntries(tidied)
}

function examplesOf(description: string): Record<string, { value: Problem }> {
  const codes = problemCodes.filter((code) => description.includes(`\`${code}\``))
  return Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }]))
}

function exampleOf(code: ProblemCode): Problem {
  const errors = problems[code].status === 422 ? [{ pointer: '/reason', code: 'required' }] : undefined
  const instance = 'urn:uuid:0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11'
  return { type: `/problems/${code}`, ...problems[code], code, instance, ...(errors ? { errors } : {}) }
}
