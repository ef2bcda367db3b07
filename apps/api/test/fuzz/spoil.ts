import { isObject, type Json, placesOf, replaced } from './json.ts'
import { isUuid } from './pool.ts'
import type { Draft, World } from './world.ts'

const texts = [
  '',
  ' ',
  'a\0b',
  '\0',
  '\ud800',
  'fin \udfff',
  '🙂🏳️‍🌈 \u202e %_ __proto__',
  '2026-02-30',
  '2026-03-29T02:30:00+01:00',
  '2026-10-25T02:30:00+02:00',
  '2026-10-25T02:30:00+01:00',
  '9999-12-31T23:59:59.999Z',
  '0000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '2A004',
  '2b033',
  '20004',
  '97501',
  "' or 1=1 --",
  'null',
  '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c0f',
  'x'.repeat(10_000),
  'é\u0301\u0301\u0301',
  '\u200b',
  '１２３',
]
const numbers = [0, -1, 1.5, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991, 1e308, -0]
const others: Json[] = [null, true, false, [], {}, '1', 7, ['x'], { id: 'x' }, Array.from({ length: 300 }, () => 'x')]

function hostileFor(value: Json): readonly Json[] {
  if (typeof value === 'string') return texts
  return typeof value === 'number' ? numbers : others
}

type Change = (world: World, draft: Draft) => Partial<Draft> | undefined

const withBody = (body: Json, note: string): Partial<Draft> => ({ body, note, payload: JSON.stringify(body) })

const spoilField: Change = ({ random }, { body }) => {
  if (body === undefined) return undefined
  const places = [...placesOf(body)].filter(({ path }) => path.length > 0)
  if (places.length === 0) return undefined
  const { path, value } = random.pick(places)
  const own = hostileFor(value)
  const bad = random.chance(0.6) ? random.pick(own) : random.pick([...others, ...numbers])
  return withBody(replaced(body, path, bad), `${path.join('/')} spoilt`)
}

const dropField: Change = ({ random }, { body }) => {
  if (body === undefined) return undefined
  const places = [...placesOf(body)].filter(({ path }) => path.length > 0)
  if (places.length === 0) return undefined
  const { path } = random.pick(places)
  return withBody(replaced(body, path, undefined), `${path.join('/')} missing`)
}

const addField: Change = ({ random }, { body }) => {
  if (!isObject(body)) return undefined
  const key = random.pick(['extra', 'cptsId', 'role', 'id', 'status', 'createdAt', 'isAdmin', '', '🙂'])
  return withBody({ ...body, [key]: random.pick(others) }, `${key} too many`)
}

const staleVersion: Change = ({ random }, { body }) => {
  if (!isObject(body) || typeof body.version !== 'number') return undefined
  return withBody({ ...body, version: Math.max(1, body.version + random.pick([-1, 1, 7])) }, 'stale version')
}

const strangerInAddress: Change = ({ random, foreignIds }, { url, params }) => {
  const id = params.length > 0 ? random.pick(params) : undefined
  if (id === undefined) return undefined
  const bad = random.chance(0.8) ? random.pick(foreignIds) : random.pick(['none', '%00', '..%2f..', '1%27'])
  return { url: url.replace(id, bad), note: 'another’s id in the address' }
}

const loudId: Change = (_world, { url, params }) => {
  const [id] = params
  return id === undefined ? undefined : { url: url.replace(id, id.toUpperCase()), note: 'an id in capitals' }
}

const strangerInBody: Change = ({ random, foreignIds }, { body }) => {
  if (body === undefined) return undefined
  const places = [...placesOf(body)].filter(({ value }) => isUuid(value))
  if (places.length === 0) return undefined
  return withBody(replaced(body, random.pick(places).path, random.pick(foreignIds)), 'another’s id in the body')
}

const spoilQuery: Change = ({ random, foreignIds }, { url, operation }) => {
  const known = operation.parameters.filter(({ in: where }) => where === 'query').map(({ name }) => name)
  const name = known.length > 0 ? random.pick(known) : random.pick(['limit', 'x', '__proto__'])
  const forged = Buffer.from(JSON.stringify(['2026-03-02T00:00:00Z', random.pick(foreignIds)])).toString('base64url')
  const values = [
    '',
    '0',
    '-1',
    '201',
    '1e999',
    '\0',
    'x',
    '🙂',
    '2026-02-30',
    forged,
    random.pick(foreignIds),
    'A'.repeat(600),
  ]
  const pair = `${encodeURIComponent(name)}=${encodeURIComponent(random.pick(values))}`
  return { url: `${url}${url.includes('?') ? '&' : '?'}${pair}`, note: `query ${name} spoilt` }
}

const nearChanges = [
  spoilField,
  spoilField,
  dropField,
  addField,
  staleVersion,
  strangerInAddress,
  loudId,
  strangerInBody,
  spoilQuery,
]

const raw = (payload: string | Buffer, type: string, note: string): Partial<Draft> => ({
  payload,
  headers: { 'content-type': type },
  note,
})

const brokenBody: Change = ({ random }, { payload }) => {
  const text = typeof payload === 'string' ? payload : '{"version":1}'
  return random.pick<() => Partial<Draft>>([
    () => raw(text.slice(0, -1), 'application/json', 'JSON cut'),
    () => raw('', 'application/json', 'no body'),
    () => raw(`${text.slice(0, -1)},"__proto__":{"role":"coordinator"}}`, 'application/json', 'prototype'),
    () => raw(`${text.slice(0, -1)},"constructor":{"prototype":{"a":1}}}`, 'application/json', 'constructor'),
    () => raw(`\ufeff${text}`, 'application/json', 'a mark before JSON'),
    () => raw(Buffer.from(text, 'utf16le'), 'application/json; charset=utf-16', 'UTF-16'),
    () => raw(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), 'application/json', 'no UTF-8'),
    () => raw(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'application/json', 'deep'),
    () => raw('['.repeat(20_000), 'application/json', 'deep and cut'),
    () => raw(text, 'text/plain', 'as text'),
    () => raw(text, 'application/x-www-form-urlencoded', 'as a form'),
    () => raw(text, 'multipart/form-data', 'multipart without a boundary'),
    () => raw(`--a\r\n\r\n${text}\r\n--b--`, 'multipart/form-data; boundary=a', 'multipart, another boundary'),
    () => raw(text, 'application/json; charset=x-unknown', 'an unknown charset'),
    () => raw(text, 'application/octet-stream', 'as bytes'),
    () => raw('null', 'application/json', 'null'),
    () => raw('"x"', 'application/json', 'a text'),
    () => raw(`{"a":"${'x'.repeat(1_100_000)}"}`, 'application/json', 'more than a megabyte'),
  ])()
}

const hostileHeaders: Change = ({ random }, { caller }) => {
  const headers = random.pick<Record<string, string>>([
    { authorization: 'Bearer x.y.z' },
    { authorization: 'Basic eDp5' },
    { authorization: `${caller.headers.authorization ?? 'Bearer '}x` },
    { 'x-http-method-override': 'DELETE' },
    { 'x-forwarded-for': "127.0.0.1, ' or 1=1" },
    { host: 'ailleurs.invalid' },
    { 'idempotency-key': 'é'.repeat(9) },
    { 'if-none-match': `"${'x'.repeat(5000)}"` },
    { 'x-long': 'x'.repeat(20_000) },
    { cookie: `${'a=b; '.repeat(500)}__Host-x=%00` },
    { 'content-encoding': 'gzip' },
    { accept: 'application/xml' },
    { origin: 'https://ailleurs.invalid', 'sec-fetch-site': 'cross-site' },
    { 'accept-language': "fr'; drop table cases" },
    { range: 'bytes=0-1,5-2' },
  ])
  return { headers, note: `headers ${Object.keys(headers).join(', ')}` }
}

const hostileAddress: Change = ({ random }, { url }) => {
  const [path = '', query = ''] = url.split('?')
  const end = random.pick([
    '/',
    '//',
    '/..',
    '/%2e%2e/%2e%2e/etc/passwd',
    '%00',
    '/%E0%A4%A',
    ';x=1',
    '/__proto__',
    '%0d%0aSet-Cookie:a=b',
    '.json',
  ])
  return { url: `${path}${end}${query ? `?${query}` : ''}`, note: `address ${end}` }
}

const otherMethod: Change = ({ random }, { method }) => {
  const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'].filter((one) => one !== method)
  const other = random.pick(methods)
  return {
    method: other,
    note: `method ${other}`,
    ...(other === 'GET' || other === 'HEAD' ? { payload: undefined, body: undefined } : {}),
  }
}

const injection: Change = ({ random }, { body }) => {
  if (body === undefined) return undefined
  const places = [...placesOf(body)].filter(({ value }) => typeof value === 'string')
  if (places.length === 0) return undefined
  const bad = random.pick([
    "'; drop table cases; --",
    "' union select password_hash from accounts --",
    "\\'; select pg_sleep(5); --",
    '<img src=x onerror=alert(1)>',
    '{{7*7}}{% raw %}\u0024{7*7}',
    '../../../../etc/passwd',
    'a\r\nBcc: x@y.example\r\n',
    '%s%s%s%n',
    '=cmd|"/c calc"!A1',
    '\u202e\u0000',
  ])
  return withBody(replaced(body, random.pick(places).path, bad), 'injection')
}

const hostileChanges = [brokenBody, hostileHeaders, hostileAddress, otherMethod, injection, injection]

/** The same request with one thing wrong with it. */
export function spoil(world: World, draft: Draft, style: 'near' | 'hostile'): Draft {
  const changes = world.random.shuffle(style === 'near' ? nearChanges : hostileChanges)
  for (const change of changes) {
    const changed = change(world, draft)
    if (!changed) continue
    const headers = { ...draft.headers, ...changed.headers }
    return { ...draft, ...changed, headers, style, luck: [] }
  }
  return { ...draft, style, luck: [] }
}
