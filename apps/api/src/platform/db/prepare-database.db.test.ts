import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openDatabase } from './database.ts'
import { prepareDatabase } from './prepare-database.ts'

const migrationsFolder = path.resolve(import.meta.dirname, '../../../migrations')
const folder = mkdtempSync(path.join(tmpdir(), 'maillage-migrations-'))
const logins = ['essai_proprietaire', 'essai_etroit', 'essai_fort', 'essai_api']

let superuser: pg.Client

beforeAll(async () => {
  superuser = new pg.Client({ connectionString: inject('postgres').superuserUrl })
  await superuser.connect()
  await superuser.query(`create role essai_proprietaire login createrole password 'secret';
    create role essai_etroit login password 'secret';
    create role essai_fort login superuser password 'secret';
    create role essai_api login password 'secret'`)
})

afterAll(async () => {
  for (const login of logins) {
    await superuser.query(`drop database if exists ${login}_db with (force)`)
  }
  await superuser.end()
  rmSync(folder, { recursive: true, force: true })
})

async function anEmptyDatabaseOf(login: string): Promise<string> {
  await superuser.query(`drop database if exists ${login}_db with (force)`)
  await superuser.query(`create database ${login}_db owner ${login}`)
  return urlFor(login, `${login}_db`)
}

function urlFor(login: string, database: string, password = 'secret'): string {
  const url = new URL(inject('postgres').superuserUrl)
  url.username = login
  url.password = password
  url.pathname = `/${database}`
  return url.href
}

const prepare = (url: string, ownerUrl?: string, isProduction = false): ReturnType<typeof prepareDatabase> =>
  prepareDatabase({ url, ownerUrl, migrationsFolder, isProduction })

test('with one address, the owner prepares the base and the API runs under the narrow role', async () => {
  await superuser.query('grant maillage_api to essai_proprietaire with admin option')
  const url = await anEmptyDatabaseOf('essai_proprietaire')
  const { migrations, warnings } = await prepare(url)
  expect(migrations.length).toBeGreaterThan(0)
  expect(warnings).toHaveLength(1)
  expect(await prepare(url)).toMatchObject({ migrations: [] })
  const db = openDatabase({ url, onError: () => undefined })
  const { rows } = await db.global((tx) => tx.execute(sql`select current_user as role`))
  await db.close()
  expect(rows).toEqual([{ role: 'maillage_api' }])
})

test('with two addresses, the owner lets the API’s login take the role, and no warning remains', async () => {
  await superuser.query('grant maillage_api to essai_proprietaire with admin option')
  const ownerUrl = await anEmptyDatabaseOf('essai_proprietaire')
  const { warnings } = await prepare(urlFor('essai_api', 'essai_proprietaire_db'), ownerUrl, true)
  expect(warnings).toEqual([])
})

test('nobody but the owner may put a temporary table or function in the place of ours', async () => {
  await superuser.query('grant maillage_api to essai_proprietaire with admin option')
  const ownerUrl = await anEmptyDatabaseOf('essai_proprietaire')
  const apiUrl = urlFor('essai_api', 'essai_proprietaire_db')
  await prepare(apiUrl, ownerUrl, true)
  const tryAs = async (url: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const codes: unknown[] = []
    for (const made of ['temp table cases (id int)', 'function pg_temp.f() returns int language sql as $$ select 1 $$'])
      await client.query(`create ${made}`).catch((error: pg.DatabaseError) => codes.push(error.code))
    await client.end()
    return codes
  }
  expect(await tryAs(apiUrl)).toEqual(['42501', '42501'])
  expect(await tryAs(ownerUrl)).toEqual([])
})

test('two starts at once migrate once', async () => {
  const url = await anEmptyDatabaseOf('essai_proprietaire')
  const both = await Promise.all([prepare(url), prepare(url)])
  expect(both.filter(({ migrations }) => migrations.length > 0)).toHaveLength(1)
})

test('an owner who may not grant the role reads the statements that the administrator must run', async () => {
  const url = await anEmptyDatabaseOf('essai_etroit')
  await expect(prepare(url)).rejects.toThrow('grant maillage_api to "essai_etroit";')
})

test('an owner who may create nothing in the base reads what to grant', async () => {
  await anEmptyDatabaseOf('essai_proprietaire')
  await expect(prepare(urlFor('essai_etroit', 'essai_proprietaire_db'))).rejects.toThrow(
    'grant create on database "essai_proprietaire_db" to "essai_etroit";',
  )
})

test('a login that passes the policies is refused, save alone in a trial', async () => {
  const ownerUrl = await anEmptyDatabaseOf('essai_proprietaire')
  await expect(prepare(urlFor('essai_fort', 'essai_proprietaire_db'), ownerUrl)).rejects.toThrow('trop puissant')
  const url = await anEmptyDatabaseOf('essai_fort')
  await expect(prepare(url, undefined, true)).rejects.toThrow('trop puissant')
  expect((await prepare(url)).warnings).toHaveLength(1)
})

test('a base prepared by a newer version is refused', async () => {
  const url = await anEmptyDatabaseOf('essai_proprietaire')
  await prepare(url)
  mkdirSync(path.join(folder, 'meta'))
  writeFileSync(path.join(folder, 'meta/_journal.json'), '{"version":"7","dialect":"postgresql","entries":[]}')
  const older = prepareDatabase({ url, migrationsFolder: folder, isProduction: false })
  await expect(older).rejects.toThrow('version plus récente')
})

test('a wrong password, an absent base and an absent server are each said in French, without the password', async () => {
  await expect(prepare(urlFor('essai_api', 'postgres', 'faux'))).rejects.toThrow(/refuse l’utilisateur « essai_api »/)
  await expect(prepare(urlFor('essai_api', 'nulle_part'))).rejects.toThrow('« nulle_part » n’existe pas')
  const silent = prepare('postgres://essai:tres-secret@127.0.0.1:9/x')
  await expect(silent).rejects.toThrow('ne répond pas à l’adresse 127.0.0.1:9')
  await expect(silent).rejects.not.toThrow('tres-secret')
})
