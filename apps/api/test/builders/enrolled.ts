import type { AccountId } from '@maillage/contracts/kit/ids'
import { generateSync } from 'otplib'
import type { TestApp } from '../build-test-app.ts'
import { anAccount, testPassword } from './accounts.ts'

/** What somebody has once their second factor stands. */
export interface Enrolled {
  readonly headers: { authorization: string }
  readonly secret: string
  readonly recoveryCodes: readonly string[]
}

/** The code that an authenticator shows at the app's own hour, or some seconds beside. */
export const codeOf = ({ deps }: Pick<TestApp, 'deps'>, secret: string, seconds = 0): string =>
  generateSync({ secret, epoch: Math.floor(deps.now().getTime() / 1000) + seconds })

/** Signs somebody in for the first time, with the authenticator that is then asked of them: the code of this step is taken. */
export async function firstSignIn(
  tested: TestApp,
  { email, password = testPassword }: { email: string; password?: string },
): Promise<Enrolled> {
  const call = (url: string, headers: Record<string, string>, payload?: object) =>
    tested.app.inject({ method: 'POST', url: `/api/v1${url}`, headers, payload })
  const opened = await call('/sessions', {}, { email, password })
  const session = { authorization: `Bearer ${opened.json().accessToken}` }
  const { secret } = (await call('/me/totp', session)).json()
  const confirmed = await call('/me/totp/confirmation', session, { code: codeOf(tested, secret) })
  const { recoveryCodes } = confirmed.json()
  const cookie = opened.cookies.find(({ name }) => name === 'maillage_refresh')?.value ?? ''
  const own = { cookie: `maillage_refresh=${cookie}`, origin: tested.deps.settings.publicUrl }
  const renewed = await call('/sessions/refresh', own)
  return { headers: { authorization: `Bearer ${renewed.json().accessToken}` }, secret, recoveryCodes }
}

/** Somebody who is asked for a code beside their password. */
export async function enrolledAccount(
  tested: TestApp,
  email: string,
): Promise<Enrolled & { readonly accountId: AccountId }> {
  const accountId = await anAccount(tested, { email, isSecondFactorExempt: false })
  return { ...(await firstSignIn(tested, { email })), accountId }
}
