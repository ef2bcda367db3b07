import { Problem, type ProblemCode, problems } from '@maillage/contracts/kit/problems'
import * as z from 'zod'

/** The media type of every refusal (RFC 9457). */
export const problemType = 'application/problem+json'

/**
 * The refusals that a route may answer beside those of every route, for its `response` map:
 * `response: { 200: GpSearch, ...problemsOf('case-changed', 'wrong-status') }`.
 */
// Typed as empty on purpose: a handler returns its answers and throws its refusals.
export function problemsOf(...codes: readonly ProblemCode[]): Record<never, never> {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of codes) byStatus.set(problems[code].status, [...(byStatus.get(problems[code].status) ?? []), code])
  return Object.fromEntries([...byStatus].map(([status, listed]) => [status, problemResponse(listed)]))
}

/** One status' response: its codes in the description, the one shape of refusals as content. */
export function problemResponse(codes: readonly ProblemCode[]): ProblemResponse {
  const description = codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('\n\n')
  return { description, codes, content: { [problemType]: { schema: Problem } } }
}

/** As Fastify and the OpenAPI generator read it; `codes` is ours, to add those of every route. */
export interface ProblemResponse {
  description: string
  codes: readonly ProblemCode[]
  content: Record<string, { schema: typeof Problem }>
}

/** A success that says nothing more: `response: { 204: noContent }`, sent as `null`. */
export const noContent = z.null()

/** What was kept still holds: `response: { 304: notChanged }`, sent as `null`. */
export const notChanged = z.null().describe('Unchanged: what was kept still holds')

/** The browser goes on to the address in `Location`: `response: { 302: movedOn }`. */
export const movedOn = z.null().describe('Goes on to the address in `Location`')
