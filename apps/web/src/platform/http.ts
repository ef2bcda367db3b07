import { type FieldProblem, Problem, type ProblemCode } from '@maillage/contracts/kit/problems'
import { type InjectionKey, inject } from 'vue'
import * as z from 'zod'
import { type KeptAnswers, mayChangeLists } from './kept-answers.ts'

/** The API refused: its code (permanent), the request's id, and the faulty fields if any. */
export class ApiProblem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly requestId: string | undefined
  readonly errors: readonly FieldProblem[]
  /** The whole body: look-alikes, actions allowed instead. */
  readonly problem: Problem
  /** Seconds to wait before trying again (429). */
  readonly retryAfter: number | undefined

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.title)
    this.name = 'ApiProblem'
    this.code = problem.code
    this.status = problem.status
    this.requestId = problem.instance.replace(/^urn:uuid:/, '') || undefined
    this.errors = problem.errors ?? []
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

/** Nothing came back: no network, or a server that does not answer. */
export class NetworkFailure extends Error {
  constructor(cause: unknown) {
    super('The server did not answer', { cause })
    this.name = 'NetworkFailure'
  }
}

/** Something came back that the contract does not know: a proxy's page, or a server of another version. */
export class UnexpectedAnswer extends Error {
  readonly status: number

  constructor(path: string, status: number, cause?: unknown) {
    super(`Unexpected answer (${status}) from ${path}`, { cause })
    this.name = 'UnexpectedAnswer'
    this.status = status
  }
}

type QueryValue = string | number | boolean | null | undefined
/** Several values repeat the parameter; null and undefined are left out. */
export type Query = Record<string, QueryValue | readonly QueryValue[]>

export interface CallOptions {
  query?: Query
  signal?: AbortSignal
  /** Makes a creation or an acceptance safe to send twice (`crypto.randomUUID()`, kept while the form is open). */
  idempotencyKey?: string
  /** Keeps the answer in memory and asks the server, the next time, whether it still holds. */
  keep?: boolean
}

/** Calls to the API. Every answer is parsed by the contract given. */
export interface Http {
  get<S extends z.ZodType>(path: string, answer: S, options?: CallOptions): Promise<z.output<S>>
  post<S extends z.ZodType>(path: string, body: unknown, answer: S, options?: CallOptions): Promise<z.output<S>>
  put<S extends z.ZodType>(path: string, body: unknown, answer: S, options?: CallOptions): Promise<z.output<S>>
  delete<S extends z.ZodType>(path: string, answer: S, options?: CallOptions): Promise<z.output<S>>
  /** Sends a file as it is, its name in a header: a name may be a person's, and stands in no address. */
  upload<S extends z.ZodType>(path: string, file: File, answer: S, options?: CallOptions): Promise<z.output<S>>
  /** Reads a text that is no JSON: a file to download. */
  text(path: string, options?: CallOptions): Promise<string>
}

export interface HttpDeps {
  fetch: typeof fetch
  token: () => string | undefined
  /** Gets another token when the API no longer takes this one; false when there will be none. */
  renew: () => Promise<boolean>
  /** Where answers asked with `keep` stay; without it all is read anew. */
  kept?: KeptAnswers
}

const base = '/api/v1'
const renewable: readonly ProblemCode[] = ['not-signed-in', 'session-ended', 'session-locked']

/** `/gp-searches?status=a&status=b` under the API's root. */
export function apiUrl(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) parameters.append(key, String(one))
    }
  }
  const search = parameters.toString()
  return `${base}${path}${search ? `?${search}` : ''}`
}

interface Call extends CallOptions {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
  file?: File
  isText?: boolean
}

function requestOf(call: Call, token: string | undefined, name: string | undefined): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (token) headers.authorization = `Bearer ${token}`
  if (call.body !== undefined) headers['content-type'] = 'application/json'
  if (call.file) {
    headers['content-type'] = 'application/octet-stream'
    headers['content-disposition'] = `attachment; filename*=UTF-8''${encodeURIComponent(call.file.name)}`
  }
  if (name) headers['if-none-match'] = name
  if (call.idempotencyKey) headers['idempotency-key'] = call.idempotencyKey
  return {
    method: call.method,
    headers,
    body: call.file ?? (call.body === undefined ? undefined : JSON.stringify(call.body)),
    signal: call.signal,
    // The refresh cookie travels to our own origin alone.
    credentials: 'same-origin',
    cache: 'no-store',
  }
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

async function problemOf(response: Response, path: string): Promise<ApiProblem | UnexpectedAnswer> {
  const body: unknown = await response.json().catch(() => undefined)
  const problem = Problem.safeParse(body)
  if (!problem.success) return new UnexpectedAnswer(path, response.status, problem.error)
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ApiProblem(problem.data, Number.isFinite(wait) ? wait : undefined)
}

async function bodyOf(response: Response, { path, isText }: Call): Promise<unknown> {
  if (response.status === 204) return undefined
  if (isText) return await response.text()
  return await response.json().catch((cause: unknown) => {
    if (isAbort(cause)) throw cause
    throw new UnexpectedAnswer(path, response.status, cause)
  })
}

/** The SPA's only door to the API. */
export function createHttp({ fetch, token, renew, kept }: HttpDeps): Http {
  const send = async (call: Call, withToken: string | undefined, name?: string): Promise<Response> => {
    try {
      return await fetch(apiUrl(call.path, call.query), requestOf(call, withToken, name))
    } catch (error) {
      if (isAbort(error)) throw error
      throw new NetworkFailure(error)
    } finally {
      // Even a call that failed may have changed something.
      if (mayChangeLists(call.method, call.path)) kept?.forget()
    }
  }

  const answerOf = async <S extends z.ZodType>(call: Call, answer: S): Promise<z.output<S>> => {
    const used = token()
    const url = apiUrl(call.path, call.query)
    const before = call.keep ? kept?.find(url) : undefined
    const askedIn = kept?.generation() ?? 0
    let response = await send(call, used, before?.name)
    if (response.status === 401 && used) {
      const problem = await problemOf(response, call.path)
      if (!(problem instanceof ApiProblem) || !renewable.includes(problem.code)) throw problem
      // Another call may have renewed it meanwhile. A refused call did nothing: sending it again is safe.
      if (token() === used && !(await renew())) throw problem
      response = await send(call, token(), before?.name)
    }
    // What was kept under this address was read by this very contract.
    if (response.status === 304 && before) return before.answer as z.output<S>
    if (!response.ok) throw await problemOf(response, call.path)
    const parsed = answer.safeParse(await bodyOf(response, call))
    if (!parsed.success) throw new UnexpectedAnswer(call.path, response.status, parsed.error)
    const name = response.headers.get('etag')
    if (call.keep && name) kept?.keep(url, { name, answer: parsed.data }, askedIn)
    return parsed.data
  }

  return {
    get: (path, answer, options) => answerOf({ ...options, method: 'GET', path }, answer),
    post: (path, body, answer, options) => answerOf({ ...options, method: 'POST', path, body }, answer),
    put: (path, body, answer, options) => answerOf({ ...options, method: 'PUT', path, body }, answer),
    delete: (path, answer, options) => answerOf({ ...options, method: 'DELETE', path }, answer),
    upload: (path, file, answer, options) => answerOf({ ...options, method: 'POST', path, file }, answer),
    text: (path, options) => answerOf({ ...options, method: 'GET', path, isText: true }, z.string()),
  }
}

export const httpKey: InjectionKey<Http> = Symbol('http')

/** The signed-in calls, in a component or a composable. */
export function useHttp(): Http {
  const http = inject(httpKey)
  if (!http) throw new Error('No http was provided: main.ts does it')
  return http
}
