import type pg from 'pg'

/** From here on, indexes are faster made once over all the rows than kept up row by row. */
export const manyRows = 50_000

const secondary = `
  select format('drop index %I.%I', n.nspname, i.relname) as removal, pg_get_indexdef(x.indexrelid) as definition
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  join pg_namespace n on n.oid = i.relnamespace
  where x.indrelid = any($1::regclass[]) and not exists (select from pg_constraint k where k.conindid = x.indexrelid)
  order by i.relname`

/** Takes the indexes that hold no constraint off these tables; what comes back makes them again. */
export async function dropIndexes(client: pg.Client, tables: readonly string[]): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ removal: string; definition: string }>(secondary, [tables])
  for (const { removal } of rows) await client.query(removal)
  return async () => {
    for (const { definition } of rows) await client.query(definition)
  }
}
