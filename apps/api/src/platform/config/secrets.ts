import { isOpenToAll, readOperatorFile } from '../secret-file.ts'
import { here } from './here.ts'
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
  DATABASE_PASSWORD: 'own-rule',
  DATABASE_OWNER_PASSWORD: 'own-rule',
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

/** The address that each of these is the password of: judged there, with the host that it opens. */
const passwords = { DATABASE_PASSWORD: 'DATABASE_URL', DATABASE_OWNER_PASSWORD: 'DATABASE_OWNER_URL' } as const

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
    if (content === '') return [`${variable} : ce fichier est vide`]
    given[name] = content
    const isShut = given.NODE_ENV !== 'production' || secrets[name] === 'list' || !isOpenToAll(file)
    return isShut ? [] : [`${variable} : ce fichier est ouvert à tous les comptes de la machine, faites chmod 600`]
  })
}

/** Puts each password that was given apart into its address; gives one French line an address that cannot take it. */
export function joinPasswords(given: NodeJS.ProcessEnv): string[] {
  return Object.entries(passwords).flatMap(([name, address]) => {
    const password = given[name]
    if (password === undefined) return []
    const value = given[address]
    if (value === undefined) return [`${name} : sans effet sans ${address}`]
    const url = URL.parse(value)
    // Not an address: the reading of the variable says so.
    if (!url) return []
    if (passwordIn(url) !== '') return [`${name} : ${address} contient déjà un mot de passe, gardez l’un des deux`]
    url.password = encodeURIComponent(password)
    // Without a place for one, as in the address of a socket, it would be lost in silence.
    if (url.password === '') return [`${name} : ${address} doit nommer un utilisateur et une machine`]
    given[address] = url.href
    return []
  })
}

/**
 * Takes the secrets out of the variables that the programs started from this one would be handed, PostgreSQL among them.
 * The system still shows to whoever may those that this process was started with: files are better.
 */
export function forgetSecrets(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(secrets)) delete environment[name]
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

function addressOf(value: string): { host: string; isOurs: boolean; password: string } | undefined {
  const url = URL.parse(value)
  if (!url) return undefined
  return {
    host: url.hostname,
    isOurs: url.hostname === '' || here.includes(url.hostname),
    password: decoded(passwordIn(url)),
  }
}

// A `password=` after the question mark counts for PostgreSQL too.
const passwordIn = (url: URL): string => url.password || url.searchParams.get('password') || ''

function decoded(password: string): string {
  try {
    return decodeURIComponent(password)
  } catch {
    return password
  }
}
