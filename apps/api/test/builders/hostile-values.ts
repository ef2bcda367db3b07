/** What JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const texts = [
  '',
  '\0',
  '\ud800',
  '---',
  '🙂🏳️‍🌈 \u202e %_ __proto__',
  '2026-02-30',
  '9999-12-31',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-03-01T10:00:00+02:00',
  '2026-03-01T10:00:00.000000000001Z',
  'x'.repeat(20_000),
]
const numbers = [0, -1, 1.5, 2_147_483_648, 9_007_199_254_740_991, 1e308]
const anything: Json[] = [null, [], {}, Array.from({ length: 300 }, () => 'x')]

function hostileFor(value: Json): Json[] {
  if (typeof value === 'string') return [...texts, ...anything, 5]
  if (typeof value === 'number') return [...numbers, ...anything, '1']
  return [...anything, 'true', 1]
}

/** The same body as many times as it has places and hostile values for them: one in each. */
export function* spoilt(body: Json): Generator<Json> {
  if (typeof body !== 'object' || body === null) {
    yield* hostileFor(body)
    return
  }
  const put = (key: string, value: Json): Json =>
    Array.isArray(body) ? body.map((item, index) => (String(index) === key ? value : item)) : { ...body, [key]: value }
  for (const [key, value] of Object.entries(body)) for (const bad of spoilt(value)) yield put(key, bad)
  yield* anything
}
