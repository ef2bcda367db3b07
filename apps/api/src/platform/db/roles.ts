import pg from 'pg'
import { StartRefusal } from '../start-refusal.ts'
import { apiRole } from './api-role.ts'
import { errorCode, serverVersion } from './connect.ts'

const insufficientPrivilege = '42501'
// Two databases of one server may be prepared at the same moment; the role belongs to the whole server.
const alreadyThere = ['42710', '23505']

/** Makes sure the API's role exists and that the API's login may take it, or says what the administrator must run. */
export async function ensureApiRole(owner: pg.Client, login: string): Promise<void> {
  await refuseNarrowOwner(owner)
  const statements = await missingStatements(owner, login)
  try {
    for (const statement of statements) await runOnce(owner, statement)
  } catch (error) {
    if (errorCode(error) !== insufficientPrivilege) throw error
    throw new StartRefusal(askAdministrator(statements), { cause: error })
  }
}

async function missingStatements(owner: pg.Client, login: string): Promise<string[]> {
  const { rows } = await owner.query('select from pg_roles where rolname = $1', [apiRole])
  const create = rows.length === 0 ? [`create role ${apiRole} nologin`] : []
  const isMember = rows.length === 1 && (await mayTake(owner, login))
  return isMember ? create : [...create, `grant ${apiRole} to ${pg.escapeIdentifier(login)}`]
}

async function mayTake(owner: pg.Client, login: string): Promise<boolean> {
  // Since version 16 a member may lack the right to switch to the role.
  const right = (await serverVersion(owner)) >= 16 ? 'SET' : 'MEMBER'
  const { rows } = await owner.query<{ may: boolean }>(
    `select pg_has_role($1, $2, '${right}') as may from pg_roles where rolname = $1`,
    [login, apiRole],
  )
  return rows[0]?.may === true
}

async function runOnce(owner: pg.Client, statement: string): Promise<void> {
  try {
    await owner.query(statement)
  } catch (error) {
    if (!alreadyThere.includes(errorCode(error))) throw error
  }
}

async function refuseNarrowOwner(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ login: string; base: string; may: boolean }>(
    `select current_user as login, current_database() as base,
       has_database_privilege(current_database(), 'CREATE') and has_schema_privilege('public', 'CREATE') as may`,
  )
  const right = rows[0]
  if (!right || right.may) return
  throw new StartRefusal(
    askAdministrator([
      `grant create on database ${pg.escapeIdentifier(right.base)} to ${pg.escapeIdentifier(right.login)}`,
      `grant create on schema public to ${pg.escapeIdentifier(right.login)}`,
    ]),
  )
}

function askAdministrator(statements: readonly string[]): string {
  const lines = statements.map((statement) => `  ${statement};`).join('\n')
  return `L’utilisateur de la base n’a pas le droit de préparer les rôles de Maillage.\nDemandez à l’administrateur de la base d’exécuter :\n\n${lines}\n\npuis relancez.`
}

/**
 * Takes from everybody but the owner the right to make temporary tables and functions, which PostgreSQL gives to all: a
 * table of the same name as ours would stand in its place. A database that another role owns is left as it is.
 */
export async function withholdTemporaryTables(owner: pg.Client): Promise<void> {
  await owner.query(`do $$ begin
    -- Two processes that start at once would both write the database's rights.
    perform pg_advisory_xact_lock(7302029);
    if has_database_privilege('public', current_database(), 'TEMP')
      and pg_has_role((select datdba from pg_database where datname = current_database()), 'USAGE') then
      execute format('revoke temporary on database %I from public', current_database());
    end if;
  end $$`)
}

/** What the login of `DATABASE_URL` can do beyond the API's role. */
export interface LoginPower {
  readonly login: string
  /** It passes row-level policies whatever we do: superuser or BYPASSRLS. */
  readonly passesPolicies: boolean
  /** It owns the tables, hence could undo the policies. */
  readonly ownsTables: boolean
}

/** Measures the API's login, and refuses an API role that someone has made too strong. */
export async function measureLogin(client: pg.Client): Promise<LoginPower> {
  await client.query(`set role ${apiRole}`)
  const { rows } = await client.query<{ strong: boolean } & LoginPower>(
    `select session_user::text as login, l.rolsuper or l.rolbypassrls as "passesPolicies",
       exists (select from pg_class where relnamespace = 'public'::regnamespace
         and not l.rolsuper and pg_has_role(session_user, relowner, 'MEMBER')) as "ownsTables",
       r.rolsuper or r.rolbypassrls
         or exists (select from pg_class where relowner = r.oid) as strong
     from pg_roles l, pg_roles r where l.rolname = session_user and r.rolname = $1`,
    [apiRole],
  )
  const power = rows[0]
  if (!power || power.strong) {
    throw new StartRefusal(
      `Le rôle ${apiRole} doit ne rien posséder et rester soumis aux règles d’accès par ligne (ni SUPERUSER, ni BYPASSRLS).`,
    )
  }
  return power
}
