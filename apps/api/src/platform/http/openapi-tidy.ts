import { type Problem, type ProblemCode, problemCodes, problems } from '@maillage/contracts/kit/problems'
import * as z from 'zod'
import { problemType } from './problem-responses.ts'

const Response = z.looseObject({ description: z.string().default(''), content: z.unknown().optional() })
const Operation = z.looseObject({ responses: z.record(z.string(), Response).default({}) })
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)).default({}),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()).default({}) }),
})
type Responses = z.output<typeof Operation>['responses']

const problemSchema = '#/components/schemas/Problem'
const successes: Readonly<Record<string, string>> = { '200': 'The answer', '201': 'Created', '204': 'Done' }

/**
 * Makes the generated document shorter and more telling: a refusal is written once with an example of each of its
 * codes, an answer without a body has no content, and a schema that nothing points at is left out.
 */
export function tidyDocument(generated: object): object {
  const { paths, components, ...rest } = Document.parse(generated)
  const refusals = new Map<string, Responses[string]>()
  for (const operations of Object.values(paths)) {
    for (const operation of Object.values(operations))
      operation.responses = tidyResponses(operation.responses, refusals)
  }
  const responses = Object.fromEntries([...refusals].sort(([one], [other]) => one.localeCompare(other, 'en')))
  return {
    ...rest,
    paths,
    components: { ...components, schemas: usedIn(components.schemas, paths, responses), responses },
  }
}

function tidyResponses(given: Responses, refusals: Map<string, Responses[string]>): Responses {
  const tidied = Object.entries(given).map(([status, { description, content }]) => {
    if (Number(status) < 400) {
      const said = successes[status] ?? 'Done'
      return [status, status === '204' ? { description: said } : { description: said, content }]
    }
    const codes = problemCodes.filter((code) => description.includes(`\`${code}\``))
    const name = codes.join('.')
    const examples = Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }]))
    refusals.set(name, { description, content: { [problemType]: { schema: { $ref: problemSchema }, examples } } })
    return [status, { $ref: `#/components/responses/${name}` }]
  })
  return Object.fromEntries(tidied)
}

function usedIn(schemas: Record<string, unknown>, ...parts: unknown[]): Record<string, unknown> {
  const text = JSON.stringify(parts) + JSON.stringify(schemas)
  return Object.fromEntries(Object.entries(schemas).filter(([id]) => text.includes(`"#/components/schemas/${id}"`)))
}

function exampleOf(code: ProblemCode): Problem {
  const errors = problems[code].status === 422 ? [{ pointer: '/reason', code: 'required' }] : undefined
  const instance = 'urn:uuid:0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c11'
  return { type: `/problems/${code}`, ...problems[code], code, instance, ...(errors ? { errors } : {}) }
}
