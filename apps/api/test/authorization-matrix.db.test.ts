import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { roles } from '@maillage/contracts/roles'
import type { HTTPMethods } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeclaredAccess } from '../src/platform/http/access.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aCpts, anAccount, signedIn, someoneWho } from './builders/accounts.ts'

const file = path.join(import.meta.dirname, 'authorization-matrix.md')
const callers = ['anyone', 'no role', ...roles] as const
type Caller = (typeof callers)[number]

// A stream answers as long as its reader stays: whom it lets in is read from its declaration alone.
const streams = new Set(['/api/v1/live'])

let tested: TestApp
const headersOf = new Map<Caller, Record<string, string>>()

beforeAll(async () => {
  tested = await buildTestApp()
  const cptsId = await aCpts(tested)
  headersOf.set('anyone', {})
  headersOf.set('no role', await signedIn(tested, await anAccount(tested)))
  for (const role of roles) headersOf.set(role, (await someoneWho(tested, { cptsId, role })).headers)
})

afterAll(async () => {
  await tested.close()
})

const routes = (): DeclaredAccess[] =>
  tested.app.declaredAccess
    .filter(({ method }) => method !== 'HEAD')
    .toSorted((one, other) => `${one.url} ${one.method}`.localeCompare(`${other.url} ${other.method}`, 'en'))

function isLetIn({ access }: DeclaredAccess, caller: Caller): boolean {
  if (access === 'public') return true
  if (access === 'signed-in') return caller !== 'anyone'
  return access.some((role) => role === caller)
}

function table(): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    '# Who may call what',
    '',
    'Written by `authorization-matrix.db.test.ts`, read by a person: a line that changes is a decision. Refresh it with',
    '`UPDATE_MATRIX=1 pnpm exec vitest run --project db apps/api/test/authorization-matrix.db.test.ts`.',
    '',
    line(['Route', ...callers]),
    line(['---', ...callers.map(() => ':-:')]),
    ...routes().map((route) =>
      line([`\`${route.method} ${route.url}\``, ...callers.map((caller) => (isLetIn(route, caller) ? '✓' : '–'))]),
    ),
    '',
  ].join('\n')
}

test('the table under review is the API’s', () => {
  if (process.env.UPDATE_MATRIX) writeFileSync(file, table())
  expect(readFileSync(file, 'utf8')).toBe(table())
})

test.each(callers)('the door does to %s what the table says', async (caller) => {
  for (const route of routes()) {
    const letIn = isLetIn(route, caller)
    if (letIn && streams.has(route.url)) continue
    const answer = await tested.app.inject({
      // Fastify gives back the methods that it was given.
      method: route.method as Exclude<HTTPMethods, 'HEAD'> & 'GET',
      // No identifier: whoever is let in gets a 404 before any act could refuse for a reason of its own.
      url: route.url.replaceAll(/:\w+/g, 'none'),
      headers: headersOf.get(caller) ?? {},
      ...(['POST', 'PUT'].includes(route.method) ? { payload: {} } : {}),
    })
    const refusal = caller === 'anyone' ? 'not-signed-in' : 'role-may-not'
    const code: unknown = answer.statusCode === 401 || answer.statusCode === 403 ? answer.json().code : undefined
    expect([`${route.method} ${route.url}`, code === refusal]).toEqual([`${route.method} ${route.url}`, !letIn])
  }
})
