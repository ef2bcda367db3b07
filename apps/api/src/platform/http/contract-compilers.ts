import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import * as z from 'zod'
import { refusalOf } from './field-problems.ts'
import { assertKept } from './verify-answer.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

/** Parses what came in by the route's contract; a fault is a refusal with pointers. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (input: unknown) => {
    const result = schema.safeParse(input)
    return result.success ? { value: result.data } : { error: refusalOf(httpPart ?? 'body', result.error, input) }
  }

/**
 * Writes answers through fast-json-stringify: as quick as no schema, and still a filter, for an unlisted key is left
 * out. It does not check, though: a null where none is allowed becomes `""` or 0. So with `verify` (tests) the object
 * itself must hold to the contract, without a key too many.
 */
export function serializerCompiler(options: { verify: boolean }): FastifySerializerCompiler<z.ZodType> {
  const writers = new WeakMap<z.ZodType, (answer: unknown) => string>()
  return ({ schema }) => {
    const known = writers.get(schema)
    if (known) return known
    // Compiled at the first answer: all of them at once would be a good part of the start and of the memory.
    let compiled: ((answer: unknown) => string) | undefined
    const write = (answer: unknown): string => {
      compiled ??= fastJson(writableSchema(schema))
      return compiled(answer)
    }
    const writer = options.verify
      ? (answer: unknown) => {
          assertKept(answer, schema.parse(answer))
          return write(answer)
        }
      : write
    writers.set(schema, writer)
    return writer
  }
}

function writableSchema(schema: z.ZodType): Schema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { target: 'draft-7', io: 'output', override: simplify })
  // Two typings of JSON Schema draft 7 that differ in how they spell booleans.
  return json as Schema
}

const checks = ['format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'propertyNames'] as const

/** Mends what fast-json-stringify stumbles on, and takes away the checks that it would only make inside unions. */
function simplify({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  // It throws on an unknown key inside a union instead of leaving it out.
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  for (const check of checks) delete jsonSchema[check]
  flattenNullable(jsonSchema)
}

/** `anyOf: [X, null]` makes it validate both branches at each value; `nullable` costs nothing. */
function flattenNullable(jsonSchema: JsonSchema): void {
  const branches = jsonSchema.anyOf
  if (branches?.length !== 2) return
  const [one, other] = branches
  if (typeof one !== 'object' || typeof other !== 'object' || other.type !== 'null') return
  if (typeof one.type !== 'string' || one.const !== undefined || one.$ref) return
  delete jsonSchema.anyOf
  Object.assign(jsonSchema, one, { nullable: true })
}
