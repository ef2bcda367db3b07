import * as z from 'zod'

/** What an operation takes, each body by a name, and what it answers when it succeeds. */
export type Examples = Readonly<
  Record<string, { bodies?: Readonly<Record<string, unknown>>; answer?: unknown; text?: string }>
>

const Content = z.record(z.string(), z.looseObject({}))
const Operation = z.looseObject({
  operationId: z.string(),
  requestBody: z.looseObject({ content: Content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: Content.optional() })),
})
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) })

/** Shows the bodies and the answer of each operation in the document; an example of no operation is a mistake. */
export function showExamples(document: object, examples: Examples): object {
  const read = Document.parse(document)
  const operations = Object.values(read.paths).flatMap((methods) => Object.values(methods))
  const lost = new Set(Object.keys(examples))
  for (const { operationId, requestBody, responses } of operations) {
    const { bodies, answer, text } = examples[operationId] ?? {}
    lost.delete(operationId)
    if (bodies) {
      const named = Object.fromEntries(Object.entries(bodies).map(([name, value]) => [name, { value }]))
      for (const media of Object.values(requestBody?.content ?? {})) media.examples = named
    }
    if (answer === undefined) continue
    const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
    for (const [type, media] of Object.entries(success?.content ?? {}))
      media.example = type === 'application/json' ? answer : (text ?? answer)
  }
  if (lost.size > 0) throw new Error(`Examples of operations that do not exist: ${[...lost].join(', ')}`)
  return read
}
