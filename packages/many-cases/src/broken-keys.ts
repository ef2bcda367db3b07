import type pg from 'pg'

/** One query per foreign key of the schema: how many rows point at nothing. */
const checks = `
  select k.conname as name, format('select count(*)::int as broken from %s child where %s and not exists (select from %s parent where %s)',
    k.conrelid::regclass, string_agg(format('child.%I is not null', own.attname), ' and '), k.confrelid::regclass,
    string_agg(format('parent.%I = child.%I', theirs.attname, own.attname), ' and ')) as query
  from pg_constraint k
  cross join lateral unnest(k.conkey, k.confkey) as pair (own_number, their_number)
  join pg_attribute own on own.attrelid = k.conrelid and own.attnum = pair.own_number
  join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = pair.their_number
  where k.contype = 'f' and k.connamespace = 'public'::regnamespace
  group by k.oid, k.conname, k.conrelid, k.confrelid
  order by k.conname`

/** The foreign keys that some row breaks: rows written past the triggers were checked by nobody. */
export async function findBrokenKeys(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; query: string }>(checks)
  const broken: string[] = []
  for (const { name, query } of rows) {
    const [found] = (await client.query<{ broken: number }>(query)).rows
    if (found && found.broken > 0) broken.push(`${name}: ${found.broken}`)
  }
  return broken
}
