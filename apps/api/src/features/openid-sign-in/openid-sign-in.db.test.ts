import type { AccountId, CptsId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aCpts, aMembership, anAccount } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { anRpps, aProfessional, claimsOf, type OpenIdGround, openIdGround } from '../../../test/openid-ground.ts'
import { auditEntries } from '../../kernel/tables/audit.table.ts'
import { accounts, memberships } from '../../kernel/tables/cpts.table.ts'
import { openidFlows, openidLinks, openidSessions } from '../../platform/openid/openid.table.ts'
import { sessions } from '../../platform/session.table.ts'

let ground: OpenIdGround
let cptsId: CptsId
let aheadMs = 0

beforeAll(async () => {
  ground = await openIdGround({ now: () => new Date(Date.now() + aheadMs) })
  cptsId = await aCpts(ground.tested)
})
afterAll(() => ground.close())

const psc = 'pro-sante-connect'
const refusal = (url: string | undefined): string | null => new URL(url ?? '').searchParams.get('refus')
const rowsOf = (accountId: AccountId) =>
  prepare(ground.tested, (tx) => tx.select().from(sessions).where(eq(sessions.accountId, accountId)))
const trailOf = (accountId: AccountId) =>
  prepare(ground.tested, (tx) => tx.select().from(auditEntries).where(eq(auditEntries.actorId, accountId)))

describe('a professional of the CPTS comes in through Pro Santé Connect', () => {
  test('with the account that holds their directory entry, two factors proved', async () => {
    const { rpps, accountId } = await aProfessional(ground.tested, cptsId)
    const visitor = ground.visitor()
    const landed = await visitor.signIn(psc, { sub: `f:${rpps}`, claims: claimsOf(rpps) }, '?returnTo=/mes-patients')
    expect([landed.status, landed.location]).toEqual([302, `${ground.home}/mes-patients`])
    const cookie = landed.setCookie.find((line) => line.startsWith('maillage_refresh='))
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/)
    const begun = await ground.visitor().begin(psc)
    expect(begun.setCookie).toMatchObject([expect.stringMatching(/^maillage_openid=.*HttpOnly.*SameSite=Lax/)])
    const { accessToken } = await visitor.post('/sessions/refresh')
    const headers = { authorization: `Bearer ${accessToken}` }
    const me = await (await fetch(`${ground.home}/api/v1/me`, { headers })).json()
    expect(me).toMatchObject({ account: { id: accountId }, current: { role: 'practitioner', cpts: { id: cptsId } } })
    const rows = await rowsOf(accountId)
    expect(rows).toMatchObject([{ method: 'pro-sante-connect', secondFactor: 'identity-provider' }])
    expect((await trailOf(accountId)).map(({ action }) => action)).toEqual(['session.open'])
  })

  test('and is led to no other site, whatever the link that brought them', async () => {
    const { rpps } = await aProfessional(ground.tested, cptsId)
    for (const elsewhere of [
      'https://pirate.example/',
      '//pirate.example/',
      '/%5Cpirate.example/',
      '/a/..//pirate.example',
    ]) {
      const login = { sub: `f:${rpps}`, claims: claimsOf(rpps) }
      const landed = await ground.visitor().signIn(psc, login, `?returnTo=${encodeURIComponent(elsewhere)}`)
      expect([elsewhere, new URL(landed.location ?? '').origin]).toEqual([elsewhere, ground.home])
    }
  })

  test('what the provider tells is not taken over, and its tokens are not kept in clear', async () => {
    const { rpps, accountId } = await aProfessional(ground.tested, cptsId)
    await ground.visitor().signIn(psc, { sub: `f:${rpps}`, claims: claimsOf(rpps) })
    const [account] = await prepare(ground.tested, (tx) => tx.select().from(accounts).where(eq(accounts.id, accountId)))
    expect(account?.displayName).not.toContain('Vaudrémont')
    const kept = await prepare(ground.tested, async (tx) => [
      ...(await tx.select().from(openidSessions)),
      ...(await tx.select().from(openidFlows)),
    ])
    expect(kept.length).toBeGreaterThan(0)
    expect(JSON.stringify(kept)).not.toMatch(/eyJ|Vaudrémont/)
    expect(ground.log.join('\n')).not.toMatch(new RegExp(`${rpps}|Vaudrémont|eyJ`))
  })

  test('signing out leads to the provider, which forgets them', async () => {
    const { rpps } = await aProfessional(ground.tested, cptsId)
    const visitor = ground.visitor()
    await visitor.signIn(psc, { sub: `f:${rpps}`, claims: claimsOf(rpps) })
    const { url } = await visitor.post('/sessions/current/provider-sign-out')
    expect(url).toContain(`${ground.provider.issuer}/session/end`)
    expect(new URL(String(url)).searchParams.get('post_logout_redirect_uri')).toBe(`${ground.home}/connexion`)
    expect((await visitor.go(String(url))).status).toBe(200)
    expect(await ground.visitor().post('/sessions/current/provider-sign-out')).toEqual({ url: null })
  })

  test('nor is it told to a cookie of a session that has ended', async () => {
    const { rpps } = await aProfessional(ground.tested, cptsId)
    const visitor = ground.visitor()
    await visitor.signIn(psc, { sub: `f:${rpps}`, claims: claimsOf(rpps) })
    const headers = { origin: ground.home, cookie: `maillage_refresh=${visitor.cookieOf('maillage_refresh')}` }
    await visitor.go(`${ground.home}/api/v1/sessions/current`, { method: 'DELETE', headers })
    const told = await fetch(`${ground.home}/api/v1/sessions/current/provider-sign-out`, { method: 'POST', headers })
    expect(await told.json()).toEqual({ url: null })
  })

  test('back at a locked screen, the session that was locked ends; somebody else’s goes on', async () => {
    const own = await aProfessional(ground.tested, cptsId)
    const other = await aProfessional(ground.tested, cptsId)
    const visitor = ground.visitor()
    const loginOf = ({ rpps }: { rpps: string }) => ({ sub: `f:${rpps}`, claims: claimsOf(rpps) })
    const lockAddress = `${ground.home}/api/v1/sessions/current/lock`
    await visitor.signIn(psc, loginOf(own))
    await visitor.go(lockAddress, { method: 'POST', headers: { origin: ground.home } })
    const told = await visitor.go(lockAddress)
    expect(told.setCookie).toMatchObject([expect.stringMatching(/^maillage_locked=.*Path=\/api\/v1\/openid; HttpOnly/)])
    await visitor.signIn(psc, loginOf(own))
    expect(visitor.cookieOf('maillage_locked')).toBe('')
    const states = (await rowsOf(own.accountId)).map(({ endedAt, lockedAt }) => [lockedAt !== null, endedAt !== null])
    expect(states.sort()).toEqual([
      [false, false],
      [true, true],
    ])
    await visitor.go(lockAddress, { method: 'POST', headers: { origin: ground.home } })
    const locked = (await rowsOf(own.accountId)).find(({ endedAt }) => endedAt === null)
    const stranger = ground.visitor()
    const callback = await stranger.logIn(await stranger.begin(psc), loginOf(other))
    const cookie = `maillage_openid=${stranger.cookieOf('maillage_openid')}; maillage_locked=${locked?.id}`
    const landed = await fetch(callback, { headers: { cookie }, redirect: 'manual' })
    expect(landed.headers.get('set-cookie')).toContain('maillage_refresh=')
    expect(await rowsOf(own.accountId)).toContainEqual(locked)
  })

  test.each(['just-expired', 'clock-ahead-a-little', 'no-level'])('a token that is %s still holds', async (fault) => {
    const { rpps, accountId } = await aProfessional(ground.tested, cptsId)
    const landed = await ground.visitor().signIn(psc, { sub: `f:${rpps}`, claims: claimsOf(rpps), fault })
    expect(landed.location).toBe(`${ground.home}/`)
    expect(await rowsOf(accountId)).toHaveLength(1)
  })
})

describe('a token with one fault opens nothing', () => {
  test.each([
    ['wrong-nonce', 'untrusted'],
    ['no-nonce', 'untrusted'],
    ['other-issuer', 'untrusted'],
    ['other-audience', 'untrusted'],
    ['other-subject', 'untrusted'],
    ['stranger-key', 'untrusted'],
    ['unsigned', 'untrusted'],
    ['signed-by-secret', 'untrusted'],
    ['expired', 'stale'],
    ['clock-ahead', 'clock'],
    ['low-level', 'too-weak'],
  ])('%s', async (fault, expected) => {
    const { rpps, accountId } = await aProfessional(ground.tested, cptsId)
    const visitor = ground.visitor()
    const landed = await visitor.signIn(psc, { sub: `f:${rpps}`, claims: claimsOf(rpps), fault })
    expect([refusal(landed.location), visitor.cookieOf('maillage_refresh')]).toEqual([expected, ''])
    expect(await rowsOf(accountId)).toEqual([])
  })

  test.each([
    ['absent', undefined],
    ['twice', ['810000000001', '810000000002']],
    ['an ADELI', '0339900123'],
    ['a FINESS', '3339900123/12'],
    ['another prefix', '610000000001'],
    ['too short', '81000000000'],
    ['too long', '8100000000011'],
    ['with a line end', '810000000001\n'],
  ])('a SubjectNameID that is %s names nobody', async (_name, SubjectNameID) => {
    const landed = await ground.visitor().signIn(psc, { sub: 'f:sans', claims: { SubjectNameID } })
    expect(refusal(landed.location)).toBe('no-rpps')
  })
})

describe('an answer serves once, where it was asked for', () => {
  test('opened twice, its address leads to nothing the second time', async () => {
    const { rpps, accountId } = await aProfessional(ground.tested, cptsId)
    const visitor = ground.visitor()
    const callback = await visitor.logIn(await visitor.begin(psc), { sub: `f:${rpps}`, claims: claimsOf(rpps) })
    const [first, second] = await Promise.all([visitor.go(callback), visitor.go(callback)])
    expect([first, second].map(({ location }) => refusal(location)).sort()).toEqual(['expired', null])
    expect(await rowsOf(accountId)).toHaveLength(1)
  })

  test('a code that was used is refused with another state too', async () => {
    const { rpps, accountId } = await aProfessional(ground.tested, cptsId)
    const visitor = ground.visitor()
    const login = { sub: `f:${rpps}`, claims: claimsOf(rpps) }
    const used = new URL(await visitor.logIn(await visitor.begin(psc), login))
    await visitor.go(used.href)
    const fresh = new URL(await visitor.logIn(await visitor.begin(psc), login))
    fresh.searchParams.set('code', used.searchParams.get('code') ?? '')
    expect(refusal((await visitor.go(fresh.href)).location)).toBe('untrusted')
    expect(await rowsOf(accountId)).toHaveLength(1)
  })

  test('in another browser it signs nobody in, and is spent', async () => {
    const { rpps, accountId } = await aProfessional(ground.tested, cptsId)
    const [attacker, victim] = [ground.visitor(), ground.visitor()]
    const callback = await attacker.logIn(await attacker.begin(psc), { sub: `f:${rpps}`, claims: claimsOf(rpps) })
    await victim.begin(psc)
    expect(refusal((await victim.go(callback)).location)).toBe('other-browser')
    expect(refusal((await attacker.go(callback)).location)).toBe('expired')
    expect(await rowsOf(accountId)).toEqual([])
  })

  test('after ten minutes it is too late', async () => {
    const { rpps } = await aProfessional(ground.tested, cptsId)
    const visitor = ground.visitor()
    const callback = await visitor.logIn(await visitor.begin(psc), { sub: `f:${rpps}`, claims: claimsOf(rpps) })
    aheadMs = 10 * 60_000 + 1
    const late = await visitor.go(callback)
    aheadMs = 0
    expect(refusal(late.location)).toBe('expired')
  })

  test('at another provider’s address, with another issuer’s name or with none, it is refused', async () => {
    const { rpps } = await aProfessional(ground.tested, cptsId)
    const login = { sub: `f:${rpps}`, claims: claimsOf(rpps) }
    const altered = async (change: (url: URL) => void): Promise<string | null> => {
      const visitor = ground.visitor()
      const url = new URL(await visitor.logIn(await visitor.begin(psc), login))
      change(url)
      return refusal((await visitor.go(url.href)).location)
    }
    const elsewhere = await altered((url) => {
      url.pathname = url.pathname.replace(psc, 'ch-essai')
    })
    const mixedUp = await altered((url) => url.searchParams.set('iss', 'https://ailleurs.example'))
    const unnamed = await altered((url) => url.searchParams.delete('iss'))
    const forged = await altered((url) => url.searchParams.set('state', 'un-etat-invente'))
    expect([elsewhere, mixedUp, unnamed, forged]).toEqual(['expired', 'untrusted', 'untrusted', 'expired'])
  })

  test('who renounces at the provider is told so, and needs the state for it', async () => {
    const visitor = ground.visitor()
    expect(refusal((await visitor.signIn(psc, 'renounce')).location)).toBe('cancelled')
    const forged = await visitor.go(`${ground.home}/api/v1/openid/${psc}/callback?error=access_denied&state=rien`)
    expect(refusal(forged.location)).toBe('expired')
  })
})

describe('no account is made, and none but the right one is found', () => {
  const comeAs = async (rpps: string, sub = `f:${rpps}`): Promise<string | null> =>
    refusal((await ground.visitor().signIn(psc, { sub, claims: claimsOf(rpps) })).location)

  test('a professional who is not in this CPTS', async () => {
    const count = () => prepare(ground.tested, (tx) => tx.$count(accounts))
    const before = await count()
    expect(await comeAs(anRpps())).toBe('unknown-professional')
    const listed = anRpps()
    await aPractitioner(ground.tested, cptsId, { rpps: listed })
    expect(await comeAs(listed)).toBe('unknown-professional')
    expect(await count()).toBe(before)
  })

  test('a number that two accounts hold opens neither, and both trails tell it', async () => {
    const one = await aProfessional(ground.tested, cptsId)
    const other = await aProfessional(ground.tested, await aCpts(ground.tested), one.rpps)
    expect(await comeAs(one.rpps)).toBe('several-accounts')
    for (const { accountId } of [one, other]) {
      expect(await trailOf(accountId)).toMatchObject([{ action: 'session.refused', outcome: 'refused' }])
    }
  })

  test('one person with an entry in two CPTS comes in, and finds both roles', async () => {
    const { rpps, accountId } = await aProfessional(ground.tested, cptsId)
    const neighbour = await aCpts(ground.tested)
    const practitionerId = await aPractitioner(ground.tested, neighbour, { rpps })
    await aMembership(ground.tested, accountId, { cptsId: neighbour, role: 'practitioner', practitionerId })
    expect(await comeAs(rpps)).toBeNull()
  })

  test('a closed account, and a role that has ended', async () => {
    const closed = await aProfessional(ground.tested, cptsId)
    const ended = await aProfessional(ground.tested, cptsId)
    await prepare(ground.tested, async (tx) => {
      await tx.update(accounts).set({ disabledAt: new Date() }).where(eq(accounts.id, closed.accountId))
      const own = and(eq(memberships.cptsId, cptsId), eq(memberships.id, ended.membershipId))
      await tx.update(memberships).set({ endedAt: new Date() }).where(own)
    })
    expect([await comeAs(closed.rpps), await comeAs(ended.rpps)]).toEqual(['account-closed', 'membership-ended'])
    expect(await trailOf(ended.accountId)).toMatchObject([{ action: 'session.refused' }])
  })

  test('once tied, an account takes no other identity, nor an identity another account', async () => {
    const { rpps, accountId } = await aProfessional(ground.tested, cptsId)
    const other = await aProfessional(ground.tested, cptsId)
    expect(await comeAs(rpps, 'f:premiere')).toBeNull()
    expect(await comeAs(rpps, 'f:seconde')).toBe('link-differs')
    expect(await comeAs(other.rpps, 'f:premiere')).toBe('link-differs')
    expect(await comeAs(rpps, 'f:premiere')).toBeNull()
    const tied = await prepare(ground.tested, (tx) =>
      tx.select().from(openidLinks).where(eq(openidLinks.accountId, accountId)),
    )
    expect(tied).toMatchObject([{ subject: 'f:premiere' }])
  })
})

describe('a hospital vouches for its own staff alone', () => {
  test('and for no role that they took since, nor at the next renewal', async () => {
    const email = 'rose@ch-essai.example'
    const accountId = await staff(email)
    const visitor = ground.visitor()
    await visitor.signIn('ch-essai', { sub: `h:${email}`, claims: { email, email_verified: true }, token: strong })
    const { accessToken } = await visitor.post('/sessions/refresh')
    const { membershipId } = await aMembership(ground.tested, accountId, { cptsId, role: 'coordinator' })
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ membershipId })
    const worn = await fetch(`${ground.home}/api/v1/sessions/current/membership`, { method: 'POST', headers, body })
    expect(await worn.json()).toMatchObject({ code: 'role-may-not' })
    expect(await visitor.post('/sessions/refresh')).toMatchObject({ code: 'session-ended' })
  })

  const strong = { amr: ['pwd', 'mfa'] }
  const staff = async (email: string, role: 'hospital_staff' | 'coordinator' = 'hospital_staff') => {
    const accountId = await anAccount(ground.tested, { email })
    await aMembership(ground.tested, accountId, { cptsId, role })
    return accountId
  }
  const comeAs = async (email: string, told: Record<string, unknown> = {}, token: Record<string, unknown> = strong) => {
    const claims = { email, email_verified: true, ...told }
    return refusal((await ground.visitor().signIn('ch-essai', { sub: `h:${email}`, claims, token })).location)
  }

  test('by a confirmed address of its domains, with two factors', async () => {
    const accountId = await staff('ines@ch-essai.example')
    expect(await comeAs('Ines@CH-essai.example')).toBeNull()
    expect(await rowsOf(accountId)).toMatchObject([{ method: 'hospital', secondFactor: 'identity-provider' }])
  })

  test('and not without them', async () => {
    await staff('jules@ch-essai.example')
    await staff('lea@autre-hopital.example')
    await staff('marc@ch-essai.example', 'coordinator')
    expect(await comeAs('jules@ch-essai.example', {}, { amr: ['pwd'] })).toBe('too-weak')
    expect(await comeAs('jules@ch-essai.example', {}, {})).toBe('too-weak')
    expect(await comeAs('jules@ch-essai.example', { email_verified: false })).toBe('unknown-address')
    expect(await comeAs('jules@ch-essai.example', { email_verified: 'true' })).toBe('unknown-address')
    expect(await comeAs('lea@autre-hopital.example')).toBe('unknown-address')
    await staff('lea@sous.ch-essai.example')
    expect(await comeAs('lea@sous.ch-essai.example')).toBe('unknown-address')
    await staff('lea@faux-ch-essai.example')
    expect(await comeAs('lea@faux-ch-essai.example')).toBe('unknown-address')
    expect(await comeAs('personne@ch-essai.example')).toBe('unknown-address')
    expect(await comeAs('marc@ch-essai.example')).toBe('not-hospital-staff')
  })

  test('nor somebody who has another role beside, or none left', async () => {
    const both = await staff('nora@ch-essai.example')
    await aMembership(ground.tested, both, { cptsId, role: 'coordinator' })
    expect(await comeAs('nora@ch-essai.example')).toBe('not-hospital-staff')
    const gone = await staff('omar@ch-essai.example')
    await prepare(ground.tested, (tx) =>
      tx.update(memberships).set({ endedAt: new Date() }).where(eq(memberships.accountId, gone)),
    )
    expect(await comeAs('omar@ch-essai.example')).toBe('not-hospital-staff')
    expect([...(await rowsOf(both)), ...(await rowsOf(gone))]).toEqual([])
  })
})
