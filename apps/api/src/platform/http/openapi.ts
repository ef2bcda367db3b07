import swagger from '@fastify/swagger'
import { Problem, type ProblemCode, problemCodes, problems } from '@maillage/contracts/kit/problems'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { type Examples, showExamples } from './openapi-examples.ts'
import { tidyDocument } from './openapi-tidy.ts'
import { type ProblemResponse, problemResponse } from './problem-responses.ts'

// A format says what its pattern spells out at length, three hundred times a document.
const readable = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.format) delete jsonSchema.pattern
}

/** The schemas that many operations share, by the name that the document gives them. */
export type SharedSchemas = Readonly<Record<string, z.ZodType>>

function transformsFor(shared: SharedSchemas) {
  const schemaRegistry = z.registry<{ id: string }>().add(Problem, { id: 'Problem' })
  for (const [id, schema] of Object.entries(shared)) schemaRegistry.add(schema, { id })
  const options = { schemaRegistry, zodToJsonConfig: { override: readable } }
  return { toJson: createJsonSchemaTransform(options), toDocument: createJsonSchemaTransformObject(options) }
}

/** Describes the API as OpenAPI 3.1 from the routes themselves; register it before them. */
export async function describeApi(
  app: FastifyInstance,
  about: { version: string },
  { schemas, examples }: { schemas: SharedSchemas; examples: Examples },
): Promise<void> {
  const { toJson, toDocument } = transformsFor(schemas)
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
    transformObject: (document) => showExamples(tidyDocument(toDocument(document)), examples),
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
function usualCodes({ method, config, schema }: RouteOptions): ProblemCode[] {
  const access = config?.access ?? 'public'
  const codes: ProblemCode[] = ['too-many-requests', 'internal-error', 'not-ready']
  if (access !== 'public') codes.push('not-signed-in')
  if (Array.isArray(access)) codes.push('role-may-not')
  if (schema?.params) codes.push('not-found')
  if (schema?.body || schema?.querystring) codes.push('malformed-request', 'invalid-field')
  // A body that nobody asked for is read all the same.
  if (method !== 'GET') codes.push('malformed-request', 'from-elsewhere', 'too-large', 'unsupported-media-type')
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
