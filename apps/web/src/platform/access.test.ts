import { describe, expect, test } from 'vitest'
import { type Asked, destination, type Visitor } from './access.ts'

const stranger: Visitor = { phase: 'signed-out', role: undefined }
const coordinator: Visitor = { phase: 'signed-in', role: 'coordinator' }
const hatless: Visitor = { phase: 'signed-in', role: undefined }

const ask = (path: string, over: Partial<Asked> = {}): Asked => ({
  name: 'worklist',
  path: path.split('?')[0] ?? path,
  fullPath: path,
  query: {},
  hash: '',
  meta: { access: ['coordinator'] },
  ...over,
})
const signIn = (suite?: string): Asked =>
  ask('/connexion', { name: 'sign-in', query: suite ? { suite } : {}, meta: { access: 'public' } })

describe('somebody who is not signed in', () => {
  test('signs in first, and comes back to the page asked with its filters', () => {
    expect(destination(ask('/file?kind=gp-search'), stranger)).toEqual({
      name: 'sign-in',
      query: { suite: '/file?kind=gp-search' },
    })
  })

  test('sees the public pages', () => {
    expect(destination(signIn(), stranger)).toBe(true)
  })
})

describe('somebody who showed a password alone', () => {
  const unproven: Visitor = { phase: 'signed-in', role: undefined, mustEnrol: true }
  const enrol = ask('/proteger-mon-compte', { name: 'enrol', meta: { access: 'signed-in' } })

  test('sets up a second factor before any other page, and comes back to the one asked', () => {
    const led = { name: 'enrol', query: { suite: '/file?kind=gp-search' } }
    expect(destination(ask('/file?kind=gp-search'), unproven)).toEqual(led)
    for (const name of ['choose-role', 'security', 'start']) {
      expect(destination(ask('/ailleurs', { name, meta: { access: 'signed-in' } }), unproven)).toMatchObject({
        name: 'enrol',
      })
    }
    expect(destination(enrol, unproven)).toBe(true)
  })

  test('whoever has one is not led there again', () => {
    expect(destination(enrol, coordinator)).toBe('/securite')
  })
})

describe('somebody signed in', () => {
  test('opens the pages of the role, and starts the day on the first of them', () => {
    expect(destination(ask('/file'), coordinator)).toBe(true)
    expect(destination(ask('/', { name: 'start', meta: { access: 'signed-in' } }), coordinator)).toBe('/accueil')
  })

  test('does not find the pages of another role, and keeps the address', () => {
    const asked = ask('/journal?page=2', { meta: { access: ['administrator'] }, query: { page: '2' } })
    expect(destination(asked, coordinator)).toEqual({
      name: 'not-found',
      params: { pathMatch: ['journal'] },
      query: { page: '2' },
      hash: '',
    })
  })

  test('is not asked to sign in again, nor sent outside by a forged address', () => {
    expect(destination(signIn('/file'), coordinator)).toBe('/file')
    expect(destination(signIn('//exemple.test'), coordinator)).toBe('/')
  })

  test('chooses a role before anything else where there are several', () => {
    expect(destination(ask('/file'), hatless)).toEqual({ name: 'choose-role', query: { suite: '/file' } })
    const choice = ask('/choisir-un-role', { name: 'choose-role', meta: { access: 'signed-in' } })
    expect(destination(choice, hatless)).toBe(true)
  })

  test('keeps the page while the session is interrupted', () => {
    expect(destination(ask('/file'), { phase: 'interrupted', role: 'coordinator' })).toBe(true)
  })
})
