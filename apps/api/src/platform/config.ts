import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { addressIn, isOnList, readDomains } from './mail/secure-domains.ts'
import type { SecureMailSettings } from './mail/secure-mailer.ts'
import { StartRefusal } from './start-refusal.ts'

const OnOff = z.enum(['on', 'off']).transform((word) => word === 'on')
const PostgresUrl = z.url({ protocol: /^postgres(ql)?$/ })
const SmtpUrl = z.url({ protocol: /^smtps?$/ })
const Sender = z
  .string()
  .max(200)
  .regex(/^[^\r\n]*@[^\r\n]*$/)

// `.prefault` goes through the transformation; `.default` would not.
const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUST_PROXY: OnOff.prefault('off'),
  DATABASE_URL: PostgresUrl.optional(),
  DATABASE_OWNER_URL: PostgresUrl.optional(),
  MAILLAGE_DATA_DIR: z.string().optional(),
  MAILLAGE_DEMO: OnOff.prefault('off'),
  DEMO_PASSWORD: z.string().min(8).optional(),
  DEMO_SECOND_FACTOR: OnOff.prefault('off'),
  MASTER_KEY_FILE: z.string().optional(),
  SMTP_URL: SmtpUrl.optional(),
  MAIL_FROM: Sender.optional(),
  MSSANTE_SMTP_URL: SmtpUrl.optional(),
  MSSANTE_FROM: Sender.optional(),
  MSSANTE_DOMAINS: z
    .string()
    .refine((list) => readDomains(list), 'une liste de domaines est attendue : medecin.mssante.fr, *.mssante.fr')
    .optional(),
  SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_TOKEN: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  RATE_LIMIT_MAX: z.coerce.number().int().positive().default(1200),
  // The only address that a browser would ask beside ours: https, and a template of tiles.
  MAP_TILES_URL: z
    .url({ protocol: /^https$/ })
    .refine((url) => ['{z}', '{x}', '{y}'].every((part) => url.includes(part)), 'doit contenir {z}, {x} et {y}')
    .optional(),
  MAP_TILES_ATTRIBUTION: z.string().max(200).optional(),
})
type Environment = z.infer<typeof Environment>

/** Of messages that are written to a folder and never leave it. */
const writtenFrom = 'Maillage <ne-pas-repondre@maillage.invalid>'

/** Of a demo without an account of its own: its people are invented, and the messages never leave the data folder. */
const demoSecureMail = {
  smtpUrl: undefined,
  from: 'CPTS de démonstration <coordination@cpts.mssante.example>',
  domains: ['*.mssante.example'],
}

/** Each may be given as the content of a file instead, named by the same variable with `_FILE`: secrets, and what is long. */
const fromFiles = [
  ...['DATABASE_URL', 'DATABASE_OWNER_URL', 'DEMO_PASSWORD', 'SMTP_URL', 'SMS_TOKEN'],
  ...['MSSANTE_SMTP_URL', 'MSSANTE_DOMAINS'],
]

/** What the operator decides, checked once at the start. */
export interface Config {
  readonly isProduction: boolean
  readonly host: string
  /** Absent: 3000, or the next free port. */
  readonly port: number | undefined
  /** Address that people type, when it differs from the one we listen on. */
  readonly publicUrl: string | undefined
  /** Believe a proxy’s word on the caller’s address: only where a proxy stands in front of every caller. */
  readonly trustProxy: boolean
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
  readonly logLevel: Environment['LOG_LEVEL']
  /** Requests a minute from one address. */
  readonly rateLimitMax: number
  /** A ground for the maps, asked of a third party by each browser; absent, none is. */
  readonly mapTiles: { readonly url: string; readonly attribution: string } | undefined
}

/** Reads the environment, or refuses with a list that tells every variable to mend. */
export function readConfig(environment: NodeJS.ProcessEnv, defaultDataDir: string): Config {
  // An empty variable is an absent one: that is how Docker Compose passes what was not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const problems: string[] = []
  for (const name of fromFiles) given[name] ??= readSecret(`${name}_FILE`, given, problems)
  const parsed = Environment.safeParse(given, { error: z.locales.fr().localeError })
  problems.push(...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} : ${issue.message}`))
  problems.push(...contradictions(given))
  if (!parsed.success || problems.length > 0) throw new StartRefusal(listOf(problems))
  return toConfig(parsed.data, defaultDataDir)
}

function readSecret(name: string, given: NodeJS.ProcessEnv, problems: string[]): string | undefined {
  const file = given[name]
  if (file === undefined) return undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    problems.push(`${name} : le fichier ${file} ne peut pas être lu`)
    return undefined
  }
}

function contradictions(given: NodeJS.ProcessEnv): string[] {
  const found: string[] = []
  if (given.NODE_ENV === 'production' && given.MAILLAGE_DEMO === 'on') {
    found.push('MAILLAGE_DEMO : les comptes de démonstration sont interdits en production')
  }
  if (given.DATABASE_OWNER_URL !== undefined && given.DATABASE_URL === undefined) {
    found.push('DATABASE_OWNER_URL : sans effet sans DATABASE_URL')
  }
  if (given.SMTP_URL !== undefined && given.MAIL_FROM === undefined) {
    found.push('MAIL_FROM : l’adresse d’expédition manque, alors que SMTP_URL est donné')
  }
  return [...found, ...secureMailFaults(given)]
}

/** All three or none: half an account would pass for one. */
function secureMailFaults(given: NodeJS.ProcessEnv): string[] {
  const names = ['MSSANTE_SMTP_URL', 'MSSANTE_FROM', 'MSSANTE_DOMAINS'] as const
  const missing = names.filter((name) => given[name] === undefined)
  if (missing.length === names.length) return []
  if (missing.length > 0)
    return missing.map((name) => `${name} : manque, MSSanté demande ${names.slice(0, 2).join(', ')} et ${names[2]}`)
  const domains = readDomains(given.MSSANTE_DOMAINS ?? '')
  if (!domains || isOnList(domains, addressIn(given.MSSANTE_FROM ?? ''))) return []
  return ['MSSANTE_FROM : le domaine de cette adresse n’est pas dans MSSANTE_DOMAINS']
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
    logLevel: values.LOG_LEVEL,
    rateLimitMax: values.RATE_LIMIT_MAX,
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
