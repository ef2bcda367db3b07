import type { FieldProblem } from '@maillage/contracts/kit/problems'
import type * as z from 'zod'
import { ProblemError, problem } from '../problem-error.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** A JSON Pointer (RFC 6901). */
export const pointerTo = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

function valueAt(input: unknown, path: Path): unknown {
  let value = input
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    // Any step of a path may be missing: what is not there reads as undefined.
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}

const codes: Partial<Record<Issue['code'], string>> = {
  invalid_type: 'invalid-type',
  too_small: 'too-small',
  too_big: 'too-big',
  invalid_format: 'invalid-format',
  not_multiple_of: 'not-multiple-of',
  invalid_value: 'unknown-value',
  invalid_union: 'unknown-value',
}

function codeOf(issue: Issue, value: unknown): string {
  if (value === undefined && issue.code !== 'custom') return 'required'
  if (issue.code === 'custom' && typeof issue.params?.code === 'string') return issue.params.code
  return codes[issue.code] ?? 'invalid'
}

const weight = (issues: readonly Issue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)

/** Of a union's branches, the one that the caller most likely meant: the fewest faults. */
function likeliest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  return [...branches].sort((one, other) => weight(one) - weight(other))[0] ?? []
}

function flatten(issues: readonly Issue[], before: Path, input: unknown): FieldProblem[] {
  return issues.flatMap((issue) => {
    const path = [...before, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ pointer: pointerTo([...path, key]), code: 'unknown-field' }))
    }
    const branches = issue.code === 'invalid_union' ? likeliest(issue.errors) : []
    const value = valueAt(input, path)
    if (branches.length > 0 && value !== undefined) return flatten(branches, path, input)
    return [{ pointer: pointerTo(path), code: codeOf(issue, value) }]
  })
}

const mostFaults = 100
const cut = (pointer: string): string => (pointer.length > 150 ? `${pointer.slice(0, 150)}…` : pointer)

/** What Zod found wrong, as a refusal: 404 for an address, else 422 with a pointer a field. */
export function refusalOf(part: string, error: z.core.$ZodError, input: unknown): ProblemError {
  // An identifier that is none leads nowhere: the same answer as for one that leads to nothing.
  if (part === 'params') return problem('not-found')
  const errors = flatten(error.issues, [], input)
  const missesReason = ({ pointer }: FieldProblem) => pointer === '/reason' && isBlank(valueAt(input, ['reason']))
  const prefix = part === 'body' ? '' : `/${part === 'querystring' ? 'query' : part}`
  const isReason = part === 'body' && errors.some(missesReason)
  return new ProblemError(isReason ? 'reason-required' : 'invalid-field', {
    // A body of a thousand faults, or of one endless key, is not sent back whole.
    errors: errors.slice(0, mostFaults).map(({ pointer, code }) => ({ code, pointer: cut(`${prefix}${pointer}`) })),
  })
}

const isBlank = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.trim() === '')

/** Where a text holds the NUL character, which PostgreSQL cannot store. */
export function pointersToNul(value: unknown, path: Path = []): string[] {
  if (typeof value === 'string') return value.includes('\0') ? [pointerTo(path)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key.includes('\0') ? [pointerTo(path)] : pointersToNul(inner, [...path, key]),
  )
}
