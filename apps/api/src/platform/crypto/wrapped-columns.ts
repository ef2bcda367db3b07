import { sql } from 'drizzle-orm'
import type { Database, Db } from '../db/database.ts'
import { unwrap, wrap } from '../session/key-wrap.ts'
import { StartRefusal } from '../start-refusal.ts'

/** A column whose values the master key wraps. A value may be null: nothing is wrapped in that row. */
interface WrappedColumn {
  readonly table: string
  readonly column: string
  /** The column that tells its rows apart. */
  readonly key: string
  /** The name that the value is bound to, as SQL says it of a row. */
  readonly name: string
}

/** Every column that the master key protects, in one place: changing that key wraps them all anew. */
export const wrappedColumns: readonly WrappedColumn[] = [
  { table: 'data_keys', column: 'wrapped_key', key: 'version', name: `'data-key:' || version` },
  { table: 'signing_keys', column: 'wrapped_private_key', key: 'kid', name: 'kid' },
  {
    table: 'openid_sessions',
    column: 'wrapped_id_token',
    key: 'session_id',
    name: `'openid-session:' || session_id`,
  },
  { table: 'totp_factors', column: 'wrapped_secret', key: 'id', name: `'totp:' || account_id` },
]

type Wrapped = { key: string; name: string; value: string }

async function read(tx: Db, { table, column, key, name }: WrappedColumn, rest = sql``): Promise<Wrapped[]> {
  const [row, value] = [sql.identifier(key), sql.identifier(column)]
  const { rows } = await tx.execute<Wrapped>(
    sql`select ${row}::text as key, ${sql.raw(name)} as name, ${value} as value from ${sql.identifier(table)} where ${value} is not null order by ${row} ${rest}`,
  )
  return rows
}

function opens(masterKey: Buffer, { value, name }: Wrapped): boolean {
  try {
    unwrap(masterKey, value, name)
    return true
  } catch {
    return false
  }
}

const wrongKey = [
  'La clé maîtresse n’est pas celle qui protège cette base : ni les sessions ni les matricules ne s’ouvriraient.',
  'Redonnez dans MASTER_KEY_FILE le fichier d’origine, celui de votre sauvegarde ou, si la clé vient d’être changée, le nouveau.',
].join('\n')

/** Refuses to start under another master key than the one that wrapped what the database holds. */
export async function demandMasterKey(db: Database, masterKey: Buffer): Promise<void> {
  const isTheOne = await db.global(async (tx) => {
    for (const column of wrappedColumns) {
      // The first is enough, all being wrapped anew together: the others may hold what an old process wrote since.
      const [first] = await read(tx, column, sql`limit 1`)
      if (first) return opens(masterKey, first)
    }
    return true
  })
  if (!isTheOne) throw new StartRefusal(wrongKey)
}

/** How many connections of processes that serve are open: theirs are of the API's role, and no operator's is. */
export async function countServing(tx: Db): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from pg_stat_activity a join pg_roles r on r.oid = a.usesysid
    where a.datname = current_database() and a.pid <> pg_backend_pid() and r.rolname <> current_user
      and not r.rolsuper and pg_has_role(r.oid, 'maillage_api', 'member')`)
  return rows[0]?.count ?? 0
}

/** Wraps everything under a new master key, in the caller's transaction: all of it or nothing. Gives how many values. */
export async function rewrapAll(tx: Db, from: Buffer, to: Buffer): Promise<number> {
  let count = 0
  for (const column of wrappedColumns) {
    const table = sql.identifier(column.table)
    // Whoever wraps under the old key waits, and none is left behind.
    await tx.execute(sql`lock table ${table} in exclusive mode`)
    for (const wrapped of await read(tx, column)) {
      if (!opens(from, wrapped)) throw new StartRefusal(wrongKey)
      const value = wrap(to, unwrap(from, wrapped.value, wrapped.name), wrapped.name)
      await tx.execute(
        sql`update ${table} set ${sql.identifier(column.column)} = ${value} where ${sql.identifier(column.key)}::text = ${wrapped.key}`,
      )
      count += 1
    }
  }
  return count
}
