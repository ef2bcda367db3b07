import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { type EmbeddedServer, startEmbedded } from '@maillage/embedded-postgres'
import pg from 'pg'
import { root } from './program.ts'

const left = /(^|\/)(node_modules|\.git|\.data|test-results|\.nuxt-ui)$/
const workspaces = ['.', 'apps/api', 'apps/web', 'packages/contracts', 'packages/embedded-postgres']

/** Copies the built program to another folder; the installed packages are linked, not copied. */
export function copyProgram(folder: string): void {
  for (const name of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'scripts', 'packages', 'apps']) {
    cpSync(path.join(root, name), path.join(folder, name), {
      recursive: true,
      filter: (source) => !left.test(source.replaceAll('\\', '/')) && !source.includes(`apps${path.sep}e2e`),
    })
  }
  for (const workspace of workspaces) {
    mkdirSync(path.join(folder, workspace), { recursive: true })
    symlinkSync(path.join(root, workspace, 'node_modules'), path.join(folder, workspace, 'node_modules'))
  }
}

/** A PostgreSQL that is not the program's: a database, and an ordinary login that owns it. */
export interface ForeignDatabase {
  readonly url: string
  /** The tables that the program made in it. */
  tables(): Promise<number>
  stop(): Promise<void>
}

/** Starts it in the folder, as a hosting company would hand it over: the role exists, and creates no other. */
export async function startForeignDatabase(dir: string): Promise<ForeignDatabase> {
  const server = await startEmbedded({ dir, fast: true })
  try {
    await ask(server.superuserUrl('postgres'), [
      'create role maillage_api nologin',
      `create role hote login nosuperuser nocreaterole nobypassrls password 'secret'`,
      'grant maillage_api to hote',
      'create database hebergee owner hote',
    ])
    return { url: ordinaryUrl(server), tables: () => countTables(server), stop: () => discard(server) }
  } catch (error) {
    await discard(server)
    throw error
  }
}

async function discard(server: EmbeddedServer): Promise<void> {
  await server.stop()
  rmSync(server.folder, { recursive: true, force: true })
}

function ordinaryUrl(server: EmbeddedServer): string {
  const url = new URL(server.superuserUrl('hebergee'))
  url.username = 'hote'
  url.password = 'secret'
  return url.href
}

const countTables = async (server: EmbeddedServer): Promise<number> =>
  (await ask(server.superuserUrl('hebergee'), [`select from pg_tables where schemaname = 'public'`])).rowCount ?? 0

async function ask(url: string, statements: readonly string[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements.slice(0, -1)) await client.query(statement)
    return await client.query(statements.at(-1) ?? '')
  } finally {
    await client.end()
  }
}
