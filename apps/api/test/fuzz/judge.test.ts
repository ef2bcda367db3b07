import { describe, expect, test } from 'vitest'
import { readDocument } from './document.ts'
import { Judge, marks } from './judge.ts'
import type { Draft } from './world.ts'

const id = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c01'
const foreign = '0193b0f2-7c1e-7b3a-9c55-2f6f0a4f1c02'
const schema = {
  type: 'object',
  properties: { id: { type: 'string', format: 'uuid' }, version: { type: 'integer' }, name: { type: 'string' } },
  required: ['id', 'version'],
  additionalProperties: false,
}
const paths = {
  '/api/v1/things/{id}': {
    get: {
      operationId: 'getThing',
      responses: { 200: { content: { 'application/json': { schema } }, description: '' } },
    },
  },
}

// What reading a document asks of an application: the document, and who may call what.
const document = readDocument({
  swagger: () => ({ openapi: '3.1.0', info: { title: '', version: '' }, paths }),
  declaredAccess: [],
} as never)
const [operation] = document.operations

function faultsOf(answers: readonly [number, unknown][], over: Partial<Draft> = {}, left?: number): string[] {
  const judge = new Judge(document)
  judge.secrets.theirs.add(foreign)
  if (!operation) throw new Error('The document has one operation')
  const caller = { name: 'coordinator', role: 'coordinator', territory: 'ours', mark: marks.ours } as const
  const someone = {
    ...caller,
    own: new Map(),
    headers: {},
    cookie: '',
    email: '',
    protection: undefined,
    code: () => undefined,
    renew: () => Promise.resolve(),
  }
  const draft: Draft = {
    operation,
    caller: someone,
    style: 'valid',
    note: '',
    method: 'GET',
    url: `/api/v1/things/${id}`,
    headers: {},
    body: undefined,
    payload: undefined,
    params: [id],
    luck: [],
    ...over,
  }
  for (const [status, body] of answers)
    judge.check(
      draft,
      { status, type: 'application/json', body: JSON.stringify(body) },
      { isMisdirected: false, left: left ?? judge.moment() },
    )
  return judge.faults.map(({ what }) => what)
}

describe('the judge', () => {
  test('lets pass what the document says', () => {
    expect(
      faultsOf([
        [200, { id, version: 1 }],
        [200, { id, version: 2 }],
      ]),
    ).toEqual([])
  })

  test.each([
    ['a failure of the server', 500, { code: 'internal-error' }, 'the server failed with 500'],
    ['a status that is not listed', 418, { code: 'tea' }, 'the status 418 is not in the document'],
    ['a key too many', 200, { id, version: 1, secret: 'x' }, 'does not hold to its schema'],
    ['another type', 200, { id, version: '1' }, 'does not hold to its schema'],
    ['an id of the other territory', 200, { id: foreign, version: 1 }, 'tells an id of the other territory'],
    [
      'a name of the other territory',
      200,
      { id, version: 1, name: `Modèle ${marks.theirs}` },
      'tells a name of the other territory',
    ],
  ])('sees %s', (_what, status, body, told) => {
    expect(faultsOf([[status, body]]).join()).toContain(told)
  })

  test('sees a version that goes back', () => {
    expect(
      faultsOf([
        [200, { id, version: 3 }],
        [200, { id, version: 2 }],
      ]).join(),
    ).toContain('the version went back from 3 to 2')
  })

  test('lets two requests that left together be answered in any order', () => {
    const answers: [number, unknown][] = [
      [200, { id, version: 3 }],
      [200, { id, version: 2 }],
    ]
    expect(faultsOf(answers, {}, 0)).toEqual([])
  })

  test('sees an answer about an address of the other territory', () => {
    const url = `/api/v1/things/${foreign}`
    expect(faultsOf([[200, { id, version: 1 }]], { url }).join()).toContain(
      'answers about an id of the other territory',
    )
  })

  test('sees a refusal that is no problem', () => {
    expect(faultsOf([[404, { message: 'Not Found' }]]).join()).toContain('a refusal that is no problem')
  })
})
