import { isOpenToAll, readOperatorFile } from '../secret-file.ts'
import { weaknessInWords, weaknessOf } from './weak-secret.ts'

/**
 * How a secret is judged: the password of the database (ours, so it may be long), one that another service gave us
 * (inside an address, or alone), one that its own rule judges, and what is no secret but too long for a variable.
 */
type Sort = 'database' | 'address' | 'token' | 'own-rule' | 'list'

/** What may also be given as the content of a file, named by the same variable with `_FILE`. One line a secret. */
const secrets: Readonly<Record<string, Sort>> = {
  DATABASE_URL: 'database',
  DATABASE_OWNER_URL: 'database',
  SMTP_URL: 'address',
  MSSANTE_SMTP_URL: 'address',
  SMS_TOKEN: 'token',
  DEMO_PASSWORD: 'own-rule',
  PSC_CLIENT_SECRET: 'token',
  PSC_CLIENT_CERT: 'list',
  PSC_CLIENT_KEY: 'own-rule',
  HOSPITAL_OIDC: 'own-rule',
  MSSANTE_DOMAINS: 'list',
}

const database = { length: 16, different: 6 }
const received = { length: 12, different: 6 }

/** Puts the content of each file named in its variable's place; gives one French line a file to mend. */
export function readFromFiles(given: NodeJS.ProcessEnv): string[] {
  return Object.keys(secrets).flatMap((name) => {
    const variable = `${name}_FILE`
    const file = given[variable]
    if (file === undefined) return []
    if (given[name] !== undefined) return [`${name} : donné deux fois, gardez ${name} ou ${variable}`]
    const content = readOperatorFile(file)
    // Never the path: a secret given in place of one would be printed.
    if (content === undefined) return [`${variable} : le fichier de ce chemin ne peut pas être lu`]
    given[name] = content
    const isShut = given.NODE_ENV !== 'production' || secrets[name] === 'list' || !isOpenToAll(file)
    return isShut ? [] : [`${variable} : ce fichier est ouvert à tous les comptes de la machine, faites chmod 600`]
  })
}

/** The secrets that anybody could guess, named and never shown. */
export function weakSecrets(given: NodeJS.ProcessEnv): string[] {
  const faults = Object.entries(secrets).flatMap(([name, sort]) => {
    const fault = faultOf(sort, given[name], given.NODE_ENV === 'production')
    return fault === undefined ? [] : [`${name} : ${fault}`]
  })
  if (given.MASTER_KEY === undefined) return faults
  return [...faults, 'MASTER_KEY : la clé maîtresse ne se donne que par un fichier, dont MASTER_KEY_FILE dit le chemin']
}

function faultOf(sort: Sort, value: string | undefined, isProduction: boolean): string | undefined {
  if (value === undefined || sort === 'own-rule' || sort === 'list') return undefined
  if (sort === 'token') return judged(value, received)
  const address = addressOf(value)
  // Not an address: the reading of the variable says so.
  if (!address || (!isProduction && address.isOurs)) return undefined
  if (address.password !== '') return judged(address.password, sort === 'database' ? database : received)
  const isOpen = sort === 'database' && isProduction && address.host !== ''
  return isOpen ? 'mot de passe absent, la base serait ouverte à qui la joint' : undefined
}

function judged(secret: string, demanded: typeof database): string | undefined {
  const weakness = weaknessOf(secret, demanded)
  return weakness && weaknessInWords(weakness, demanded)
}

/** The machine itself: a base that a developer or a test started. */
const ours = ['127.0.0.1', '[::1]', 'localhost', '']

function addressOf(value: string): { host: string; isOurs: boolean; password: string } | undefined {
  const url = URL.parse(value)
  if (!url) return undefined
  // A `password=` after the question mark counts for PostgreSQL too, a `host=` that is a path is a socket.
  const password = url.password || url.searchParams.get('password') || ''
  return { host: url.hostname, isOurs: ours.includes(url.hostname), password: decoded(password) }
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password)
  } catch {
    return password
  }
}
