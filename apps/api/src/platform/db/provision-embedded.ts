import path from 'node:path'
import pg from 'pg'
import { ensureSecretFile } from '../secret-file.ts'
import { connect } from './connect.ts'

/** The part of the embedded server that is needed here. */
export interface SuperuserAccess {
  superuserUrl(database: string): string
}

const database = 'maillage'
const logins = { owner: 'maillage_owner', api: 'maillage_app' }

/** Creates, in the embedded server, the database and its two logins; their passwords stay in files beside the data. */
export async function provisionEmbedded(
  server: SuperuserAccess,
  dataDir: string,
): Promise<{ url: string; ownerUrl: string }> {
  const passwords = {
    owner: ensureSecretFile(path.join(dataDir, 'postgres-owner.password')),
    api: ensureSecretFile(path.join(dataDir, 'postgres-app.password')),
  }
  const superuser = await connect(server.superuserUrl('postgres'))
  try {
    // The API and an operator's command may do this at the same moment.
    await superuser.query('select pg_advisory_lock(7302028)')
    await ensureLogin(superuser, logins.owner, passwords.owner, 'createrole')
    await ensureLogin(superuser, logins.api, passwords.api, 'nocreaterole')
    const { rows } = await superuser.query('select from pg_database where datname = $1', [database])
    if (rows.length === 0) await superuser.query(`create database ${database} owner ${logins.owner}`)
  } finally {
    await superuser.end()
  }
  const base = server.superuserUrl(database)
  return { url: as(base, logins.api, passwords.api), ownerUrl: as(base, logins.owner, passwords.owner) }
}

async function ensureLogin(superuser: pg.Client, login: string, password: string, right: string): Promise<void> {
  const { rows } = await superuser.query('select from pg_roles where rolname = $1', [login])
  const verb = rows.length === 0 ? 'create' : 'alter'
  await superuser.query(`${verb} role ${login} login ${right} password ${pg.escapeLiteral(password)}`)
}

function as(base: string, login: string, password: string): string {
  const url = new URL(base)
  url.username = login
  url.password = password
  return url.href
}
