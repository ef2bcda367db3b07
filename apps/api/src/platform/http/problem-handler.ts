import { type Problem, type ProblemCode, problems } from '@maillage/contracts/kit/problems'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorCode } from '../db/connect.ts'
import { ProblemError, problem } from '../problem-error.ts'
import { pointersToNul } from './field-problems.ts'
import { problemType } from './problem-responses.ts'

/** Told of each refusal, after the act's transaction has rolled back; must not throw. */
export type OnRefusal = (request: FastifyRequest, code: ProblemCode) => Promise<void>

/** The one error handler: every failure leaves as a problem, and what is not one is a bug, logged and not shown. */
export function handleProblems(app: FastifyInstance, onRefusal: OnRefusal): void {
  app.setErrorHandler(async (error, request, reply) => {
    const refusal = refusalFrom(error, request)
    if (refusal.code === 'internal-error') request.log.error({ err: error }, 'unexpected error')
    else if (refusal.code === 'not-ready') request.log.warn({ cause: causeCode(error) }, 'the database did not follow')
    await onRefusal(request, refusal.code)
    return sendProblem(request, reply, refusal)
  })
}

/** Writes a refusal as RFC 9457 wants it. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: ProblemError): FastifyReply {
  const { code } = refusal
  const { retryAfter, ...extras } = refusal.extras
  const body: Problem = {
    type: `/problems/${code}`,
    ...problems[code],
    code,
    instance: `urn:uuid:${request.id}`,
    ...extras,
  }
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  return reply.code(problems[code].status).type(problemType).send(JSON.stringify(body))
}

/** What any failure is called outside. */
export function refusalFrom(error: unknown, request: FastifyRequest): ProblemError {
  if (error instanceof ProblemError) return error
  return databaseRefusal(error, request) ?? frameworkRefusal(error) ?? problem('internal-error')
}

// What a caller's text can break in PostgreSQL: a character that it does not store, half of one, a number or a date
// beyond its type.
const badInput = new Set(['22021', '22P05', '22P02', '22003', '22008'])
// Another transaction was in the way, the server restarts or is full: trying again makes sense.
const passing = new Set(['40001', '40P01', '55P03', '57014', '57P01', '57P02', '57P03', '53300'])
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EPIPE'])
const lostConnection = /timeout exceeded when trying to connect|Connection terminated/

function databaseRefusal(error: unknown, request: FastifyRequest): ProblemError | undefined {
  const code = causeCode(error)
  if (badInput.has(code)) return problem('invalid-field', { errors: faultyTexts(request) })
  const isPassing =
    passing.has(code) || unreachable.has(code) || code.startsWith('08') || lostConnection.test(causeOf(error))
  return isPassing ? problem('not-ready', { retryAfter: 1 }) : undefined
}

function faultyTexts({ body, query }: FastifyRequest): { pointer: string; code: string }[] {
  const pointers = [...pointersToNul(body), ...pointersToNul(query, ['query'])]
  return (pointers.length > 0 ? pointers : ['']).map((pointer) => ({ pointer, code: 'invalid-character' }))
}

/** Drizzle wraps the driver's error; the SQLSTATE is in its cause. */
const causeCode = (error: unknown): string =>
  error instanceof Error && error.cause ? errorCode(error.cause) : errorCode(error)

const causeOf = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : ''

const byFrameworkCode: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_NOT_FOUND: 'not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
}

function frameworkRefusal(error: unknown): ProblemError | undefined {
  if (!(error instanceof Error)) return undefined
  // Fastify and its plugins give their errors a status and a code; ours never carry one.
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>
  const known = byFrameworkCode[code]
  if (known) return problem(known)
  if (statusCode === 429) return problem('too-many-requests')
  return statusCode >= 400 && statusCode < 500 ? problem('malformed-request') : undefined
}
