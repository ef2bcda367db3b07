import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aCpts, aMembership, anAccount, testPassword } from '../../../test/builders/accounts.ts'
import { type OpenIdGround, openIdGround, proSanteConnect } from '../../../test/openid-ground.ts'

let ground: OpenIdGround
let fresh: OpenIdGround
const psc = 'pro-sante-connect'
const silent = createServer()

beforeAll(async () => {
  fresh = await openIdGround()
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : 0
  ground = await openIdGround({
    more: [
      { ...proSanteConnect('http://127.0.0.1:9'), key: 'eteint' },
      { ...proSanteConnect(`http://127.0.0.1:${port}`), key: 'muet' },
    ],
  })
})
afterAll(async () => {
  silent.close()
  await fresh.close()
  await ground.close()
})

test.each([
  '//ailleurs.example',
  '/\\ailleurs.example',
  '/%09/ailleurs.example',
  '/\t/ailleurs.example',
  'https://ailleurs.example/',
  'javascript:alert(1)',
  '/..//ailleurs.example',
  '/api/v1/me',
  '/@ailleurs.example:80/\r\nset-cookie:a=b',
  'mes-patients',
  '',
])('asked to come back to %j, the browser stays with us', async (asked) => {
  const visitor = ground.visitor()
  const begun = await visitor.begin(psc, `?returnTo=${encodeURIComponent(asked)}`)
  const callback = await visitor.logIn(begun, 'renounce')
  expect(new URL((await visitor.go(callback)).location ?? '').origin).toBe(ground.home)
  expect(begun.location?.startsWith(ground.provider.issuer)).toBe(true)
})

test('what goes to the provider holds no secret, and asks for PKCE, a nonce and a level', async () => {
  const begun = await ground.visitor().begin(psc)
  const asked = new URL(begun.location ?? '').searchParams
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    scope: 'openid scope_all',
    acr_values: 'eidas1',
    code_challenge_method: 'S256',
    redirect_uri: `${ground.home}/api/v1/openid/${psc}/callback`,
  })
  expect(asked.get('code_challenge')).toHaveLength(43)
  expect(asked.get('nonce')?.length).toBeGreaterThan(30)
  expect(asked.get('state')?.length).toBeGreaterThan(30)
  expect(begun.location).not.toContain('secret')
  expect(begun.setCookie[0]).toMatch(
    /^maillage_openid=[\w-]{43}; Max-Age=600; Path=\/api\/v1\/openid; HttpOnly; SameSite=Lax$/,
  )
})

test('a provider that is down, or silent, is told on the sign-in page, and a password still opens', async () => {
  const visitor = ground.visitor()
  const [down, silentOne] = await Promise.all([visitor.begin('eteint'), visitor.begin('muet')])
  expect(down.location).toBe(`${ground.home}/connexion?refus=unavailable&par=eteint`)
  expect(silentOne.location).toBe(`${ground.home}/connexion?refus=unavailable&par=muet`)
  const unknown = await visitor.begin('inconnu')
  expect(unknown.location).toBe(`${ground.home}/connexion?refus=unavailable&par=inconnu`)
  const accountId = await anAccount(ground.tested, { email: 'local@essai.example' })
  await aMembership(ground.tested, accountId, { cptsId: await aCpts(ground.tested), role: 'coordinator' })
  const payload = { email: 'local@essai.example', password: testPassword }
  const opened = await ground.tested.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })
  expect(opened.statusCode).toBe(201)
})

test('a provider that falls silent between two steps opens nothing', async () => {
  const visitor = ground.visitor()
  const callback = await visitor.logIn(await visitor.begin(psc), { sub: 'f:coupe', claims: {} })
  ground.provider.pause(true)
  const landed = await visitor.go(callback)
  ground.provider.pause(false)
  expect(landed.location).toBe(`${ground.home}/connexion?refus=unavailable&par=${psc}`)
})

test('it is asked what it is once, and nothing at the start', async () => {
  expect(fresh.provider.asked.size).toBe(0)
  await Promise.all([fresh.visitor().begin(psc), fresh.visitor().begin(psc), fresh.visitor().begin(psc)])
  expect(fresh.provider.asked.get('/.well-known/wallet-openid-configuration')).toBe(1)
})

test('a parameter that comes twice, or is too long, is no answer', async () => {
  const visitor = ground.visitor()
  const callback = `${ground.home}/api/v1/openid/${psc}/callback`
  expect((await visitor.go(`${callback}?state=a&state=b&code=c`)).status).toBe(422)
  expect((await visitor.go(`${callback}?state=${'a'.repeat(5000)}`)).status).toBe(422)
  expect((await visitor.go(callback)).location).toContain('refus=expired')
})
