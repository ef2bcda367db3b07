import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { type InventedProvider, startInventedProvider } from '@maillage/invented-provider/invented-provider'
import { createLog } from '../src/platform/log.ts'
import type { HospitalProvider, OpenIdProvider, ProSanteConnect } from '../src/platform/openid/openid-provider.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aPractitioner } from './builders/a-practitioner.ts'
import { aMembership, anAccount } from './builders/accounts.ts'
import { aVisitor } from './openid-visitor.ts'

const client = { id: 'maillage', secret: 'un-secret-de-client-tenu-du-fournisseur' }

/** The API on a port, a real provider on another, and what the log said. */
export interface OpenIdGround {
  readonly tested: TestApp
  readonly provider: InventedProvider
  readonly home: string
  readonly log: string[]
  visitor(): ReturnType<typeof aVisitor>
  close(): Promise<void>
}

/** Starts both; the same provider stands for Pro Santé Connect and for a hospital's directory. */
export async function openIdGround(
  over: { now?: () => Date; more?: readonly OpenIdProvider[] } = {},
): Promise<OpenIdGround> {
  const port = await freePort()
  const home = `http://127.0.0.1:${port}`
  const returns = ['pro-sante-connect', 'ch-essai'].map((key) => `/api/v1/openid/${key}/callback`)
  const provider = await startInventedProvider({ ...client, home, returns })
  const log: string[] = []
  const tested = await buildTestApp({
    ...(over.now ? { now: over.now } : {}),
    log: createLog('info', { write: (line: string) => void log.push(line) }),
    openIdProviders: [proSanteConnect(provider.issuer), hospital(provider.issuer), ...(over.more ?? [])],
    settings: {
      ...{ version: '0.0.0', publicUrl: home, isDemo: false, demoAccounts: [], rateLimitMax: 100_000 },
      ...{ trustProxy: false, cookieSecure: false, verifyAnswers: true },
    },
  })
  await tested.app.listen({ port, host: '127.0.0.1' })
  const close = async (): Promise<void> => {
    await tested.close()
    await provider.close()
  }
  return { tested, provider, home, log, visitor: () => aVisitor(home), close }
}

/** Pro Santé Connect as the configuration describes it, at another issuer. */
export const proSanteConnect = (issuer: string): ProSanteConnect => ({
  kind: 'pro-sante-connect',
  key: 'pro-sante-connect',
  name: 'Pro Santé Connect',
  issuer,
  discoveryUrl: `${issuer}/.well-known/wallet-openid-configuration`,
  clientId: client.id,
  clientSecret: client.secret,
  certificate: undefined,
  scope: 'openid scope_all',
})

const hospital = (issuer: string): HospitalProvider => ({
  kind: 'hospital',
  key: 'ch-essai',
  name: 'CH d’essai',
  issuer,
  discoveryUrl: `${issuer}/.well-known/openid-configuration`,
  clientId: client.id,
  clientSecret: client.secret,
  certificate: undefined,
  scope: 'openid email',
  emailDomains: ['ch-essai.example'],
  twoFactorLevels: [],
  twoFactorMeans: ['mfa'],
})

/** A number that no other test uses. */
export const anRpps = (): string => `10${randomInt(100_000_000, 999_999_999)}`

/** A practitioner of a CPTS with a directory entry and an account. */
export async function aProfessional(tested: TestApp, cptsId: CptsId, rpps = anRpps()) {
  const practitionerId = await aPractitioner(tested, cptsId, { rpps })
  const accountId = await anAccount(tested)
  const { membershipId } = await aMembership(tested, accountId, { cptsId, role: 'practitioner', practitionerId })
  return { rpps, accountId, membershipId, practitionerId }
}

/** What Pro Santé Connect tells of somebody; all of it invented. */
export const claimsOf = (rpps: string): Record<string, unknown> => ({
  preferred_username: `8${rpps}`,
  given_name: 'Solène',
  family_name: 'Vaudrémont',
  SubjectNameID: `8${rpps}`,
  SubjectRole: ['10^1.2.250.1.213.1.1.5.5'],
  Secteur_Activite: 'SA07^1.2.250.1.71.4.2.4',
  Palier_Authentification: 'APPPRIP3^1.2.250.1.213.1.5.1.1.1',
  otherIds: [{ identifiant: `8${rpps}`, origine: 'RPPS', qualite: 1 }],
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
