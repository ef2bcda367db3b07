import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { dataPolicy, digestOf, screenPolicy } from '../src/platform/door/content-policies.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aCpts, someoneWho } from './builders/accounts.ts'

const webDir = mkdtempSync(path.join(tmpdir(), 'maillage-headers-'))
const offlineStyle = 'body { margin: 0 }'
let tested: TestApp
let headers: Record<string, string>
const doors = new Map<string, FastifyInstance>()

beforeAll(async () => {
  mkdirSync(path.join(webDir, 'assets'))
  const files = {
    'index.html': '<!doctype html><script src="/theme.js"></script>',
    'hors-ligne.html': `<!doctype html><style>${offlineStyle}</style>`,
    'sw.js': '// worker',
    'assets/page-1.js': 'export {}',
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(webDir, name), content)
  tested = await buildTestApp()
  headers = (await someoneWho(tested, { cptsId: await aCpts(tested), role: 'coordinator' })).headers
  for (const publicUrl of ['http://localhost:3000', 'https://maillage.example']) {
    const settings = { ...tested.deps.settings, publicUrl, webDir, cookieSecure: publicUrl.startsWith('https') }
    const app = await buildApp({ ...tested.deps, settings })
    app.get('/broken', { config: { access: 'public' } }, () => Promise.reject(new Error('broken')))
    doors.set(publicUrl.slice(0, publicUrl.indexOf(':')), app)
  }
})
afterAll(async () => {
  for (const app of doors.values()) await app.close()
  await tested.close()
  rmSync(webDir, { recursive: true })
})

const html = { accept: 'text/html' }
type Kind = [what: string, options: InjectOptions, status: number, policy: 'screens' | 'data' | 'pages' | 'reader']
const kinds = (): Kind[] => [
  ['a screen', { url: '/propositions/abc', headers: html }, 200, 'screens'],
  ['the first page', { url: '/', headers: html }, 200, 'screens'],
  ['a script', { url: '/assets/page-1.js' }, 200, 'screens'],
  ['the service worker', { url: '/sw.js' }, 200, 'screens'],
  ['the page of who is offline', { url: '/hors-ligne.html' }, 200, 'screens'],
  ['a file that is none', { url: '/assets/none.js' }, 404, 'screens'],
  ['a problem’s page', { url: '/problems/not-found' }, 200, 'screens'],
  ['a probe', { url: '/livez' }, 200, 'screens'],
  ['a fault of ours', { url: '/broken' }, 500, 'screens'],
  ['a public page', { url: '/demande' }, 200, 'pages'],
  ['the follow-up’s door', { url: '/suivi/inconnu' }, 200, 'pages'],
  ['a link that opens nothing', { url: '/suivi/toujours/inconnu' }, 404, 'pages'],
  ['a card’s link', { url: '/annuaire/confirmation/inconnu' }, 404, 'pages'],
  ['a public page that is none', { url: '/demande/rien/du/tout' }, 404, 'pages'],
  ['a refused form', { method: 'POST', url: '/suivi/lien-perdu' }, 400, 'pages'],
  ['data', { url: '/api/v1/me', headers }, 200, 'data'],
  ['a refusal', { url: '/api/v1/me' }, 401, 'data'],
  ['a faulty body', { method: 'POST', url: '/api/v1/teams', headers, payload: {} }, 422, 'data'],
  ['an address of the API that is none', { url: '/api/v1/rien', headers: html }, 404, 'data'],
  ['a calendar', { url: '/api/v1/calendars/inconnu.ics' }, 404, 'data'],
  ['the API’s description', { url: '/api/openapi.json' }, 200, 'data'],
  ['the documentation', { url: '/api/docs/' }, 200, 'reader'],
  ['the documentation’s script', { url: '/api/docs/js/scalar.js' }, 200, 'reader'],
]
const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}
const directivesOf = (policy: string): Map<string, string> =>
  new Map(policy.split('; ').map((one) => [one.split(' ')[0] ?? '', one.split(' ').slice(1).join(' ')]))

describe.each(['http', 'https'])('over %s', (scheme) => {
  test('every kind of answer says what it may do, and where it may be shown', async () => {
    for (const [what, options, status, policy] of kinds()) {
      const answer = await doors.get(scheme)?.inject(options)
      expect([what, answer?.statusCode]).toEqual([what, status])
      expect([what, answer?.headers]).toEqual([what, expect.objectContaining(always)])
      const said = directivesOf(String(answer?.headers['content-security-policy']))
      // Nothing is allowed that is not named, nobody frames us, no address base nor plug-in is changed.
      expect([what, said.get('default-src'), said.get('frame-ancestors')]).toEqual([what, "'none'", "'none'"])
      expect([what, said.get('base-uri')]).toEqual([what, "'none'"])
      const scripts = said.get('script-src') ?? "'none'"
      expect([what, scripts]).toEqual([what, expect.not.stringMatching(/unsafe|http|\*|data:/)])
      expect([what, said.get('trusted-types')]).toEqual([what, policy === 'screens' ? 'vue default' : undefined])
      expect([what, said.has('sandbox')]).toEqual([what, policy === 'data'])
      const allowed = String(answer?.headers['permissions-policy'])
      expect([what, allowed]).toEqual([what, expect.stringContaining('publickey-credentials-get=(self)')])
      expect([what, allowed]).toEqual([what, expect.stringContaining('camera=()')])
      const strict = answer?.headers['strict-transport-security']
      expect([what, strict]).toEqual([what, scheme === 'https' ? 'max-age=31536000' : undefined])
      expect([what, said.has('upgrade-insecure-requests')]).toEqual([what, scheme === 'https' && policy === 'screens'])
      for (const name of ['server', 'x-powered-by']) expect([what, answer?.headers[name]]).toEqual([what, undefined])
      const isFile = policy === 'reader' || /^(?:a screen|the first|a script|the service|the page|the API)/.test(what)
      if (!isFile) expect([what, answer?.headers['cache-control']]).toEqual([what, 'no-store'])
    }
  })

  test('no page of ours holds a script or a handler that is not a file', async () => {
    for (const [what, options, , policy] of kinds()) {
      const answer = await doors.get(scheme)?.inject(options)
      if (!String(answer?.headers['content-type']).includes('html') || policy === 'reader') continue
      expect([what, answer?.body]).toEqual([
        what,
        expect.not.stringMatching(/<script(?![^>]*\ssrc=)|\son\w+=|javascript:/i),
      ])
    }
  })
})

test('the documentation’s one inline script is named by its content', async () => {
  const { body, headers: said } = await tested.app.inject({ url: '/api/docs/' })
  const inline = [...body.matchAll(/<script(?:\s[^>]*)?>([\s\S]*?)<\/script>/g)].flatMap(([, text]) => text || [])
  expect(inline.length).toBeGreaterThan(0)
  for (const text of inline) expect(said['content-security-policy']).toContain(digestOf(text))
})

test('the style of who is offline is named, and another would not pass', () => {
  const policy = screenPolicy({ isHttps: false, webDir })
  expect(policy).toContain(digestOf(offlineStyle))
  expect(directivesOf(policy).get('style-src-elem')).not.toContain('unsafe-inline')
  expect(directivesOf(dataPolicy).get('style-src')).toBeUndefined()
})

test('a ground of maps opens its own address to pictures, and nothing else', async () => {
  const policy = directivesOf(screenPolicy({ isHttps: true, imageOrigins: ['https://tuiles.example'] }))
  expect([...policy].filter(([, where]) => where.includes('tuiles')).map(([name]) => name)).toEqual(['img-src'])
})

test('the site’s own server says the same where it serves the screens alone', () => {
  const conf = readFileSync(path.resolve(import.meta.dirname, '../../web/docker/security-headers.conf'), 'utf8')
  const named = new Map(
    [...conf.matchAll(/^add_header (\S+) "?([^"]*?)"? always;$/gm)].map(([, name, value]) => [
      name?.toLowerCase(),
      value,
    ]),
  )
  for (const [name, value] of Object.entries(always)) expect([name, named.get(name)]).toEqual([name, value])
  const ours = directivesOf(screenPolicy({ isHttps: false }))
  const theirs = directivesOf(named.get('content-security-policy') ?? '')
  // A configuration file knows no digest.
  ours.set('style-src-elem', "'self' 'unsafe-inline'")
  expect(theirs).toEqual(ours)
})
