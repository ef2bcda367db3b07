import { randomUUID } from 'node:crypto'
import { Session } from '@maillage/contracts/accounts'
import { type DemoPerson, demoPassword, emailOf, programUrl } from './demo.ts'
import { keepSecret } from './silence/traces.ts'

/** What reads an answer: a contract's schema. */
interface Reader<Answer> {
  parse(body: unknown): Answer
}

/** The real API under one person's name: to prepare or read a state without the screens. */
export interface Caller {
  get<Answer>(path: string, answer: Reader<Answer>): Promise<Answer>
  post<Answer>(path: string, body: unknown, answer: Reader<Answer>): Promise<Answer>
  put<Answer>(path: string, body: unknown, answer: Reader<Answer>): Promise<Answer>
  /** Sends a file as it is, its name in a header. */
  upload<Answer>(path: string, file: File, answer: Reader<Answer>): Promise<Answer>
}

/** Signs in by the API; each call that is refused throws with the problem that was answered. */
export async function callerFor(person: DemoPerson): Promise<Caller> {
  const credentials = { email: emailOf(person), password: demoPassword }
  const { accessToken } = Session.parse(await call('POST', '/sessions', credentials))
  keepSecret(accessToken.split('.').at(-1) ?? accessToken)
  return {
    get: async (path, answer) => answer.parse(await call('GET', path, undefined, accessToken)),
    post: async (path, body, answer) => answer.parse(await call('POST', path, body, accessToken)),
    put: async (path, body, answer) => answer.parse(await call('PUT', path, body, accessToken)),
    upload: async (path, file, answer) => answer.parse(await call('POST', path, file, accessToken)),
  }
}

async function call(method: string, path: string, body?: unknown, token?: string): Promise<unknown> {
  const response = await fetch(`${programUrl()}/api/v1${path}`, {
    method,
    headers: {
      ...typeOf(body),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: body instanceof File ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

function typeOf(body: unknown): Record<string, string> {
  if (body === undefined) return {}
  if (!(body instanceof File)) return { 'content-type': 'application/json', 'idempotency-key': randomUUID() }
  const name = encodeURIComponent(body.name)
  return { 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename*=UTF-8''${name}` }
}
