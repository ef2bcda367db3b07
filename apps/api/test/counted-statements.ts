import type pg from 'pg'
import type { Database, Db } from '../src/platform/db/database.ts'

/** A door that notes how many statements each of its transactions ran, `begin` and `commit` left out. */
export function countingStatements(db: Database): { db: Database; counts: number[] } {
  const counts: number[] = []
  const counted: Database['transaction'] = (cptsId, work) =>
    db.transaction(cptsId, async (tx) => {
      // Every Db is made from a pooled client, which Drizzle keeps under this name.
      const { $client } = tx as Db & { $client: pg.PoolClient }
      // `query` has a dozen overloads; whatever it is given and gives back passes through unchanged.
      const query = $client.query.bind($client) as (...args: unknown[]) => unknown
      const own = $client.query
      let ran = 0
      $client.query = ((...args: unknown[]) => {
        ran += 1
        return query(...args)
      }) as typeof own
      try {
        return await work(tx)
      } finally {
        $client.query = own
        counts.push(ran)
      }
    })
  return { db: { ...db, transaction: counted }, counts }
}
