import { createPrivateKey, X509Certificate } from 'node:crypto'
import * as z from 'zod'
import type { HospitalProvider, OpenIdProvider, ProSanteConnect } from '../openid/openid-provider.ts'
import { here } from './here.ts'

/** Pro Santé Connect's two grounds, as the ANS publishes them. */
const grounds = {
  production: 'https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet',
  'bac-a-sable': 'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet',
} as const

/** Everything goes through https, but for a provider on this very machine: trials and tests. */
const Issuer = z
  .url({ protocol: /^https?$/ })
  .refine((url) => url.startsWith('https:') || here.includes(new URL(url).hostname), 'doit commencer par https://')
  .transform((url) => url.replace(/\/$/, ''))

const Domain = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'un domaine est attendu : ch-exemple.fr')

const Hospital = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'des lettres minuscules, des chiffres et des tirets')
    .max(40),
  name: z.string().min(2).max(60),
  issuer: Issuer,
  clientId: z.string().min(1),
  clientSecret: z.string().min(12),
  emailDomains: z.array(Domain).min(1),
  twoFactorLevels: z.array(z.string().min(1)).default([]),
  twoFactorMeans: z.array(z.string().min(1)).default([]),
})

const Hospitals = z
  .string()
  .transform((text, context) => {
    try {
      const parsed: unknown = JSON.parse(text)
      return parsed
    } catch {
      context.addIssue('du JSON est attendu : une liste de fournisseurs')
      return z.NEVER
    }
  })
  .pipe(
    z
      .array(Hospital)
      .min(1)
      .max(10)
      .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, 'deux fournisseurs ont la même clé'),
  )

/** The variables of the ways in that others vouch for. */
export const openIdVariables = {
  PSC_ENVIRONMENT: z.enum(['production', 'bac-a-sable']).optional(),
  PSC_ISSUER: Issuer.optional(),
  PSC_CLIENT_ID: z.string().min(1).optional(),
  PSC_CLIENT_SECRET: z.string().optional(),
  PSC_CLIENT_CERT: z.string().optional(),
  PSC_CLIENT_KEY: z.string().optional(),
  HOSPITAL_OIDC: Hospitals.optional(),
}
const Variables = z.object(openIdVariables)

/** What is half given: one French line a fault. */
export function openIdFaults(given: NodeJS.ProcessEnv): string[] {
  const faults: string[] = []
  const {
    PSC_ENVIRONMENT: ground,
    PSC_ISSUER: issuer,
    PSC_CLIENT_ID: id,
    PSC_CLIENT_SECRET: secret,
    PSC_CLIENT_CERT: cert,
    PSC_CLIENT_KEY: key,
  } = given
  const isAsked = [ground, issuer, id, secret, cert, key].some((value) => value !== undefined)
  if (!isAsked) return hospitalFaults(given)
  if (!ground && !issuer) faults.push('PSC_ENVIRONMENT : manque, production ou bac-a-sable')
  if (ground && issuer) faults.push('PSC_ISSUER : donné avec PSC_ENVIRONMENT, gardez l’un des deux')
  if (!id) faults.push('PSC_CLIENT_ID : manque, l’ANS le donne avec le secret')
  if (!secret && !cert)
    faults.push('PSC_CLIENT_SECRET : manque, ou bien donnez PSC_CLIENT_CERT_FILE et PSC_CLIENT_KEY_FILE')
  if (Boolean(cert) !== Boolean(key)) {
    faults.push(
      `${cert ? 'PSC_CLIENT_KEY_FILE' : 'PSC_CLIENT_CERT_FILE'} : manque, un certificat et sa clé vont ensemble`,
    )
  }
  if (cert && key && !isPair(cert, key)) faults.push('PSC_CLIENT_KEY_FILE : cette clé n’est pas celle du certificat')
  return [...faults, ...hospitalFaults(given)]
}

/** Two factors that no token can prove would refuse everybody. */
function hospitalFaults({ HOSPITAL_OIDC: text }: NodeJS.ProcessEnv): string[] {
  const { data: hospitals = [] } = Hospitals.optional().safeParse(text)
  return hospitals.flatMap(({ key, twoFactorLevels, twoFactorMeans }) => {
    if (key === 'pro-sante-connect') return ['HOSPITAL_OIDC : la clé pro-sante-connect est prise']
    const isProvable = twoFactorLevels.length + twoFactorMeans.length > 0
    return isProvable
      ? []
      : [`HOSPITAL_OIDC : ${key} doit dire ce qui prouve deux facteurs, twoFactorLevels ou twoFactorMeans`]
  })
}

function isPair(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

/** The providers that the operator configured, Pro Santé Connect first. */
export function openIdProvidersOf(values: z.infer<typeof Variables>): OpenIdProvider[] {
  return [...proSanteConnectOf(values), ...(values.HOSPITAL_OIDC ?? []).map(hospitalOf)]
}

function proSanteConnectOf(values: z.infer<typeof Variables>): ProSanteConnect[] {
  const { PSC_CLIENT_ID: clientId, PSC_CLIENT_CERT: cert, PSC_CLIENT_KEY: key } = values
  const issuer = values.PSC_ISSUER ?? (values.PSC_ENVIRONMENT && grounds[values.PSC_ENVIRONMENT])
  if (!issuer || !clientId) return []
  return [
    {
      kind: 'pro-sante-connect',
      key: 'pro-sante-connect',
      name: 'Pro Santé Connect',
      issuer,
      discoveryUrl: `${issuer}/.well-known/wallet-openid-configuration`,
      clientId,
      clientSecret: values.PSC_CLIENT_SECRET,
      certificate: cert && key ? { cert, key } : undefined,
      scope: 'openid scope_all',
    },
  ]
}

const hospitalOf = (hospital: z.infer<typeof Hospital>): HospitalProvider => ({
  ...hospital,
  kind: 'hospital',
  discoveryUrl: `${hospital.issuer}/.well-known/openid-configuration`,
  certificate: undefined,
  scope: 'openid email',
})
