import { existsSync } from 'node:fs'
import path from 'node:path'
import { startEmbedded } from '@maillage/embedded-postgres'
import { addSearches, cptsOf, removeSearches } from '@maillage/many-cases/add-searches'
import pg from 'pg'

/** The queue of the demo with far more cases in it than a team ever has. */
export interface ManyCases {
  /** Takes them away again, and lets go of the database. */
  remove(): Promise<void>
}

/** The folder of the program's data: told by `global-setup.ts`, or by whoever started the program. */
function dataDir(): string {
  const folder = process.env.MAILLAGE_E2E_DATA_DIR
  if (!folder || !existsSync(folder)) throw new Error('MAILLAGE_E2E_DATA_DIR does not name the data of the program')
  return folder
}

/** Puts `count` open cases in the queue of the demo's CPTS, straight into the database that the program uses. */
export async function addManyCases(count: number): Promise<ManyCases> {
  const server = await startEmbedded({ dir: path.join(dataDir(), 'postgres') })
  const client = new pg.Client({ connectionString: server.superuserUrl('maillage') })
  await client.connect()
  const cptsId = await cptsOf(client, 'coordination@demo.maillage.example')
  await removeSearches(client, cptsId)
  await addSearches(client, cptsId, { count, name: 'Rang' })
  return {
    remove: async () => {
      await removeSearches(client, cptsId)
      await client.end()
      await server.stop()
    },
  }
}
