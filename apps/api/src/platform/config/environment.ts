import * as z from 'zod'
import { usualPatience } from '../door/patience.ts'
import { limitNames } from '../limits/limit-classes.ts'
import { readDomains } from '../mail/secure-domains.ts'
import { openIdVariables } from './openid-config.ts'

const OnOff = z.enum(['on', 'off']).transform((word) => word === 'on')
/** How many relays stand in front, each adding the address that it saw; « on » is one. */
const Relays = z.enum(['off', 'on', ...'123456789']).transform((word) => (word === 'off' ? 0 : Number(word) || 1))
/** « search=400,file=20 ». */
const OwnNumbers = z
  .string()
  .transform((list) =>
    Object.fromEntries(list.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.split('=')]))),
  )
  .pipe(z.partialRecord(z.enum(limitNames), z.coerce.number().int().positive()))
const PostgresUrl = z.url({ protocol: /^postgres(ql)?$/ })
const SmtpUrl = z.url({ protocol: /^smtps?$/ })
const Sender = z
  .string()
  .max(200)
  .regex(/^[^\r\n]*@[^\r\n]*$/)

// `.prefault` goes through the transformation; `.default` would not.
/** Every variable that is read, by its name; secrets may come from files: see `secrets.ts`. */
export const Environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUST_PROXY: Relays.prefault('off'),
  MAX_CONNECTIONS: z.coerce.number().int().min(100).max(1_000_000).default(usualPatience.mostConnections),
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
  ...openIdVariables,
  IDLE_LOCK_MINUTES: z.coerce.number().int().min(1).max(60).default(15),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  RATE_LIMITS: OwnNumbers.prefault(''),
  RATE_LIMIT_MAX: z.coerce.number().int().positive().default(1200),
  // The only address that a browser would ask beside ours: https, and a template of tiles.
  MAP_TILES_URL: z
    .url({ protocol: /^https$/ })
    .refine((url) => ['{z}', '{x}', '{y}'].every((part) => url.includes(part)), 'doit contenir {z}, {x} et {y}')
    .optional(),
  MAP_TILES_ATTRIBUTION: z.string().max(200).optional(),
})
export type Environment = z.infer<typeof Environment>
