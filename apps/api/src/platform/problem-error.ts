import { type FieldProblem, type Problem, type ProblemCode, problems } from '@maillage/contracts/kit/problems'

/** What a refusal may say beside its code; never personal data, but for look-alikes, told to coordinators only. */
export type ProblemExtras = Pick<Problem, 'allowed' | 'lookAlikes'> & {
  errors?: FieldProblem[]
  /** Seconds before another try makes sense (429). */
  retryAfter?: number
}

/** The only error that crosses a layer. Anything else is a bug: 500, logged with the request's id, nothing shown. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly extras: ProblemExtras

  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(problems[code].title)
    this.name = 'ProblemError'
    this.code = code
    this.extras = extras
  }
}

/** `throw problem('case-changed')`. */
export const problem = (code: ProblemCode, extras?: ProblemExtras): ProblemError => new ProblemError(code, extras)

/** 422 with one pointer: `throw invalidField('/details/unitId', 'unknown')`. */
export const invalidField = (pointer: string, code: string): ProblemError =>
  new ProblemError('invalid-field', { errors: [{ pointer, code }] })
