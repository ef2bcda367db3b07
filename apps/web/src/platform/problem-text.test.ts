import { problemCodes, problems } from '@maillage/contracts/kit/problems'
import { expect, test } from 'vitest'
import { ApiProblem, NetworkFailure, UnexpectedAnswer } from './http.ts'
import { explain, problemTexts } from './problem-text.ts'

const problemOf = (code: keyof typeof problems, retryAfter?: number): ApiProblem =>
  new ApiProblem({ type: `/problems/${code}`, ...problems[code], code, instance: 'urn:uuid:7f3a-c210' }, retryAfter)

test.each(problemCodes)('%s is said in plain French, without a code', (code) => {
  expect(explain(problemOf(code)).text).toBe(problemTexts[code])
  expect(problemTexts[code]).toMatch(/^[A-ZÀÉ].*\.$/u)
  expect(problemTexts[code]).not.toContain(code)
  expect(problemTexts[code]).not.toMatch(/'|Erreur \d|Oups/)
})

test('a problem gives the number of its request', () => {
  expect(explain(problemOf('internal-error'))).toMatchObject({ requestId: '7f3a-c210', retryable: true })
  expect(explain(problemOf('role-may-not')).retryable).toBe(false)
})

test('a limit says how long to wait', () => {
  expect(explain(problemOf('too-many-requests', 30)).text).toContain('30\u00A0s')
  expect(explain(problemOf('too-many-requests', 240)).text).toContain('4\u00A0min')
})

test('silence and nonsense are told apart', () => {
  expect(explain(new NetworkFailure(undefined)).text).toContain('connexion')
  expect(explain(new UnexpectedAnswer('/me', 502)).text).toContain('instant')
  expect(explain(new UnexpectedAnswer('/me', 200)).text).toContain('nouvelle version')
})

test('a fault of ours is not dressed up as a problem of the API', () => {
  expect(() => explain(new TypeError('x is not a function'))).toThrow(TypeError)
})
