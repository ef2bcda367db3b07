import path from 'node:path'
import { startEmbedded } from '@maillage/embedded-postgres'
import { addSearches, countSearches, cptsOf } from '@maillage/many-cases/add-searches'
import pg from 'pg'

/** What the database holds for the measures. */
export interface Filled {
  /** The generated open cases, besides those of the demo. */
  readonly cases: number
  /** As PostgreSQL tells it. */
  readonly version: string
}

/**
 * Puts `count` open cases in the queue of the demo's first CPTS, straight into the database that the program uses. Cases
 * of an earlier run are kept: a program that was filled once is measured as it is.
 */
export async function fillCases(dataDir: string, count: number): Promise<Filled> {
  const server = await startEmbedded({ dir: path.join(dataDir, 'postgres') })
  const client = new pg.Client({ connectionString: server.superuserUrl('maillage') })
  await client.connect()
  try {
    const cptsId = await cptsOf(client, 'coordination@demo.maillage.example')
    const before = await countSearches(client, cptsId)
    if (before === 0) await addSearches(client, cptsId, { count, name: 'Mesure' })
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
    return { cases: before || count, version: rows[0]?.version ?? '' }
  } finally {
    await client.end()
    await server.stop()
  }
}
