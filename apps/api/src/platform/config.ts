import path from 'node:path'
import * as z from 'zod'
import { contradictions } from './config/contradictions.ts'
import { Environment } from './config/environment.ts'
import { openIdProvidersOf } from './config/openid-config.ts'
import { joinPasswords, readFromFiles, weakSecrets } from './config/secrets.ts'
import type { OwnLimits } from './limits/limit-classes.ts'
import { readDomains } from './mail/secure-domains.ts'
import type { SecureMailSettings } from './mail/secure-mailer.ts'
import type { OpenIdProvider } from './openid/openid-provider.ts'
import { StartRefusal } from './start-refusal.ts'

/** Of messages that are written to a folder and never leave it. */
const writtenFrom = 'Maillage <ne-pas-repondre@maillage.invalid>'

/** Of a demo without an account of its own: its people are invented, and the messages never leave the data folder. */
const demoSecureMail = {
  smtpUrl: undefined,
  from: 'CPTS de démonstration <coordination@cpts.mssante.example>',
  domains: ['*.mssante.example'],
}

/** What the operator decides, checked once at the start. */
export interface Config {
  readonly isProduction: boolean
  readonly host: string
  /** Absent: 3000, or the next free port. */
  readonly port: number | undefined
  /** Address that people type, when it differs from the one we listen on. */
  readonly publicUrl: string | undefined
  /** How many proxies stand in front of every caller, whose word on the caller’s address is believed; 0 is nobody’s. */
  readonly trustProxy: number
  /** Connections that a process holds at once. */
  readonly mostConnections: number
  /** Absent: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined
  readonly databaseOwnerUrl: string | undefined
  readonly dataDir: string
  readonly demo: { readonly password: string | undefined; readonly secondFactor: boolean } | undefined
  readonly masterKeyFile: string | undefined
  readonly mail: {
    /** Absent: messages are written to a folder beside the data. */
    readonly smtpUrl: string | undefined
    readonly from: string
  }
  /** The second account, for what may carry health data; absent, nothing of the kind is sent. */
  readonly mssante: SecureMailSettings | undefined
  /** Absent address: text messages are written to a folder beside the data. */
  readonly sms: { readonly url: string | undefined; readonly token: string | undefined }
  /** Who vouches for people at our door beside ourselves: Pro Santé Connect, hospitals. */
  readonly openId: readonly OpenIdProvider[]
  readonly logLevel: Environment['LOG_LEVEL']
  /** Requests a minute from one address. */
  readonly rateLimitMax: number
  /** Numbers of some kinds of requests, instead of a part of `rateLimitMax`. */
  readonly limits: OwnLimits
  /** After so many minutes without a gesture a screen locks itself. */
  readonly idleLockMinutes: number
  /** A ground for the maps, asked of a third party by each browser; absent, none is. */
  readonly mapTiles: { readonly url: string; readonly attribution: string } | undefined
}

/** Reads the environment, or refuses with a list that tells every variable to mend. */
export function readConfig(environment: NodeJS.ProcessEnv, defaultDataDir: string): Config {
  // An empty variable is an absent one: that is how Docker Compose passes what was not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const problems = [...readFromFiles(given), ...joinPasswords(given)]
  const parsed = Environment.safeParse(given, { error: z.locales.fr().localeError })
  problems.push(...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} : ${issue.message}`))
  problems.push(...contradictions(given), ...weakSecrets(given))
  if (!parsed.success || problems.length > 0) throw new StartRefusal(listOf(problems))
  return toConfig(parsed.data, defaultDataDir)
}

function listOf(problems: readonly string[]): string {
  return ['La configuration est à corriger :', ...problems.map((problem) => `  - ${problem}`)].join('\n')
}

function toConfig(values: Environment, defaultDataDir: string): Config {
  return {
    isProduction: values.NODE_ENV === 'production',
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL?.replace(/\/$/, ''),
    trustProxy: values.TRUST_PROXY,
    mostConnections: values.MAX_CONNECTIONS,
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL,
    dataDir: path.resolve(values.MAILLAGE_DATA_DIR ?? defaultDataDir),
    demo: values.MAILLAGE_DEMO
      ? { password: values.DEMO_PASSWORD, secondFactor: values.DEMO_SECOND_FACTOR }
      : undefined,
    masterKeyFile: values.MASTER_KEY_FILE,
    mail: { smtpUrl: values.SMTP_URL, from: values.MAIL_FROM ?? writtenFrom },
    mssante: secureMailOf(values),
    sms: { url: values.SMS_URL, token: values.SMS_TOKEN },
    openId: openIdProvidersOf(values),
    logLevel: values.LOG_LEVEL,
    rateLimitMax: values.RATE_LIMIT_MAX,
    limits: values.RATE_LIMITS,
    idleLockMinutes: values.IDLE_LOCK_MINUTES,
    mapTiles: values.MAP_TILES_URL
      ? { url: values.MAP_TILES_URL, attribution: values.MAP_TILES_ATTRIBUTION ?? '' }
      : undefined,
  }
}

function secureMailOf({ MSSANTE_SMTP_URL, MSSANTE_FROM, MSSANTE_DOMAINS, MAILLAGE_DEMO }: Environment) {
  const domains = readDomains(MSSANTE_DOMAINS ?? '')
  if (MSSANTE_SMTP_URL && MSSANTE_FROM && domains) return { smtpUrl: MSSANTE_SMTP_URL, from: MSSANTE_FROM, domains }
  return MAILLAGE_DEMO ? demoSecureMail : undefined
}
