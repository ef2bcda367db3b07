import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { FastifyInstance } from 'fastify'
import type { Access } from '../../src/platform/http/access.ts'
import { isObject, type Json, type JsonObject, listAt, objectAt, parseJson, textAt } from './json.ts'

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly isRequired: boolean
  readonly schema: JsonObject
}

export interface Operation {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  /** As the document writes it: `/api/v1/cases/{id}/notes`. */
  readonly path: string
  readonly access: Access
  readonly parameters: readonly Parameter[]
  readonly body: { type: string; schema: JsonObject; examples: readonly { name: string; value: Json }[] } | undefined
  /** By status: the media types that it may have, each with where its schema stands in the document. */
  readonly answers: ReadonlyMap<number, ReadonlyMap<string, string>>
}

/** The document as the application serves it now, so that a new route is fuzzed the day it is there. */
export interface ApiDocument {
  readonly operations: readonly Operation[]
  /** Follows a reference to what it names. */
  resolve(schema: Json | undefined): JsonObject
  /** What an answer has that the document does not say of it; undefined when all is as said. */
  faultOf(operation: Operation, answer: { status: number; type: string; body: string }): string | undefined
}

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const
const step = (key: string): string => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`

/** Reads the operations from a ready application. */
export function readDocument(app: Pick<FastifyInstance, 'swagger' | 'declaredAccess'>): ApiDocument {
  const document = parseJson(JSON.stringify(app.swagger())) ?? {}
  const access = new Map(
    app.declaredAccess.map((one) => [`${one.method} ${one.url.replaceAll(/:(\w+)/g, '{$1}')}`, one.access] as const),
  )
  const resolve = (schema: Json | undefined): JsonObject => {
    const reference = textAt(schema, '$ref')
    if (reference === undefined) return isObject(schema) ? schema : {}
    return resolve(objectAt(document, ...reference.slice(2).split('/')))
  }
  const operations = Object.entries(objectAt(document, 'paths')).flatMap(([path, byMethod]) =>
    methods.flatMap((method) => {
      const described = objectAt(byMethod, method.toLowerCase())
      const id = textAt(described, 'operationId')
      if (id === undefined) return []
      const parameters = listAt(described, 'parameters').map((one) => parameterOf(one, resolve))
      const at = `${step('paths')}${step(path)}${step(method.toLowerCase())}${step('responses')}`
      const answers = answersOf(objectAt(described, 'responses'), at, resolve)
      const known = access.get(`${method} ${path}`) ?? 'public'
      return [{ id, method, path, parameters, access: known, body: bodyOf(described, resolve), answers }]
    }),
  )
  return { operations, resolve, faultOf: judge(document) }
}

const parameterOf = (one: Json, resolve: (schema: Json | undefined) => JsonObject): Parameter => ({
  name: textAt(one, 'name') ?? '',
  in: textAt(one, 'in') ?? 'query',
  isRequired: isObject(one) && one.required === true,
  schema: resolve(objectAt(one, 'schema')),
})

function bodyOf(described: JsonObject, resolve: (schema: Json | undefined) => JsonObject): Operation['body'] {
  const [first] = Object.entries(objectAt(described, 'requestBody', 'content'))
  if (!first) return undefined
  const [type, media] = first
  const examples = Object.entries(objectAt(media, 'examples')).map(([name, one]) => ({
    name,
    value: isObject(one) ? (one.value ?? null) : null,
  }))
  return { type, schema: resolve(objectAt(media, 'schema')), examples }
}

function answersOf(
  responses: JsonObject,
  at: string,
  resolve: (schema: Json | undefined) => JsonObject,
): Operation['answers'] {
  return new Map(
    Object.entries(responses).map(([status, response]) => {
      const where = textAt(response, '$ref')?.slice(1) ?? `${at}${step(status)}`
      const media = Object.keys(objectAt(resolve(response), 'content'))
      return [Number(status), new Map(media.map((type) => [type, `${where}/content${step(type)}/schema`]))]
    }),
  )
}

function judge(document: Json): ApiDocument['faultOf'] {
  const ajv = new Ajv2020({ strict: false, validateSchema: false })
  formats.default(ajv)
  ajv.addSchema(isObject(document) ? document : {}, 'api')
  return (operation, { status, type, body }) => {
    const listed = operation.answers.get(status)
    if (!listed) return `the status ${status} is not in the document`
    const media = type.split(';')[0] ?? ''
    const pointer = listed.get(media)
    if (pointer === undefined)
      return listed.size === 0 && body === '' ? undefined : `${status} answered as « ${media} »`
    if (!media.endsWith('json')) return undefined
    const value = parseJson(body)
    if (value === undefined) return `${status} holds no JSON`
    const validate = ajv.getSchema(`api#${pointer}`)
    if (!validate) return `no schema at ${pointer}`
    return validate(value) ? undefined : `${status} does not hold to its schema: ${ajv.errorsText(validate.errors)}`
  }
}
