import { StartRefusal } from '../start-refusal.ts'
import { connect } from './connect.ts'
import { runMigrations } from './migrate.ts'
import { ensureApiRole, type LoginPower, measureLogin, withholdTemporaryTables } from './roles.ts'

/** Where the database is, who owns it, and which schema it must have. */
export interface PreparationOptions {
  /** The API's address; also the owner's when `ownerUrl` is absent. */
  readonly url: string
  readonly ownerUrl?: string | undefined
  readonly migrationsFolder: string
  readonly isProduction: boolean
}

/** What was done, for the operator's eyes. */
export interface Preparation {
  readonly migrations: readonly string[]
  readonly warnings: readonly string[]
}

/** Makes a database ready for the API: roles, schema, and the checks without which it must not start. */
export async function prepareDatabase(options: PreparationOptions): Promise<Preparation> {
  const ownerUrl = options.ownerUrl ?? options.url
  const owner = await connect(ownerUrl)
  let migrations: string[]
  try {
    await ensureApiRole(owner, loginOf(options.url))
    await withholdTemporaryTables(owner)
    migrations = await runMigrations(owner, options.migrationsFolder)
  } finally {
    await owner.end()
  }
  const api = await connect(options.url)
  try {
    return { migrations, warnings: judge(await measureLogin(api), loginOf(ownerUrl), options.isProduction) }
  } finally {
    await api.end()
  }
}

function judge(power: LoginPower, owner: string, isProduction: boolean): string[] {
  const isShared = power.login === owner
  if ((!isShared && power.ownsTables) || (power.passesPolicies && (!isShared || isProduction))) {
    throw new StartRefusal(
      `L’utilisateur « ${power.login} » de DATABASE_URL est trop puissant : il ne doit ni posséder les tables, ni être SUPERUSER ou BYPASSRLS.\n` +
        'Donnez-en un autre dans DATABASE_URL, et celui du propriétaire dans DATABASE_OWNER_URL.',
    )
  }
  if (!isShared || !(power.ownsTables || power.passesPolicies)) return []
  return [
    'Le même utilisateur possède la base et sert l’API : cela convient à un essai. Pour de vraies données, séparez DATABASE_URL et DATABASE_OWNER_URL.',
  ]
}

function loginOf(url: string): string {
  return decodeURIComponent(new URL(url).username)
}
