import path from 'node:path'
import { type EmbeddedServer, LaunchError, startEmbedded } from '@maillage/embedded-postgres'
import { StartRefusal } from '../start-refusal.ts'
import { prepareDatabase } from './prepare-database.ts'
import { provisionEmbedded } from './provision-embedded.ts'

/** What decides where the database is. */
export interface Location {
  /** Absent: the embedded PostgreSQL, its data in `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly databaseOwnerUrl: string | undefined
  readonly dataDir: string
  readonly isProduction: boolean
  readonly migrationsFolder: string
  /** Fills the reference tables under the owner, once they exist; true when it had to. */
  loadReference(ownerUrl: string): Promise<boolean>
}

/** A database that is there, up to date, and safe to serve from. */
export interface ReadyDatabase {
  /** The API's address. */
  readonly url: string
  /** The owner's, for jobs and operator's commands. */
  readonly ownerUrl: string
  /** Names of the migrations that ran just now. */
  readonly migrations: readonly string[]
  /** Stops the embedded server; nothing to do for one that is not ours. */
  stop(): Promise<void>
}

/** Starts the embedded PostgreSQL or reaches the one that was given, then prepares it. */
export async function locateDatabase(location: Location, say: (line: string) => void): Promise<ReadyDatabase> {
  const { databaseUrl, databaseOwnerUrl } = location
  if (databaseUrl === undefined) return await openEmbedded(location, say)
  const prepared = await prepare(location, databaseUrl, databaseOwnerUrl, say)
  return { ...prepared, stop: () => Promise.resolve() }
}

async function openEmbedded(location: Location, say: (line: string) => void): Promise<ReadyDatabase> {
  const dir = path.join(location.dataDir, 'postgres')
  const server = await launch(dir, say)
  if (server.folder !== dir) say(`Données gardées dans ${server.folder}`)
  try {
    const { url, ownerUrl } = await provisionEmbedded(server, location.dataDir)
    return { ...(await prepare(location, url, ownerUrl, say)), stop: () => server.stop() }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function launch(dir: string, say: (line: string) => void): Promise<EmbeddedServer> {
  try {
    return await startEmbedded({ dir, log: say })
  } catch (error) {
    throw error instanceof LaunchError ? new StartRefusal(error.message, { cause: error }) : error
  }
}

async function prepare(
  { migrationsFolder, isProduction, loadReference }: Location,
  url: string,
  ownerUrl: string | undefined,
  say: (line: string) => void,
): Promise<Omit<ReadyDatabase, 'stop'>> {
  const { migrations, warnings } = await prepareDatabase({ url, ownerUrl, migrationsFolder, isProduction })
  for (const warning of warnings) say(`Attention : ${warning}`)
  if (migrations.length > 0) say(`Base de données mise à jour (${migrations.length} étapes).`)
  const isLoaded = await loadReference(ownerUrl ?? url)
  if (isLoaded) say('Données de référence chargées (communes, jours fériés, professions).')
  return { url, ownerUrl: ownerUrl ?? url, migrations }
}
