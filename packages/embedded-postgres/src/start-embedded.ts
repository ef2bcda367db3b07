import { findBinaries } from './binaries.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { chooseIdentity } from './identity.ts'
import { Keeper } from './keeper.ts'
import { prepareBinaries, prepareFolder } from './places.ts'
import { superuserUrl } from './probe.ts'

/** What to start, and where. */
export interface EmbeddedOptions {
  /** Folder of the database; made if absent. Under root, data that lasts goes to /var/lib/maillage instead. */
  readonly dir: string
  /** Gives up safety against a power cut for speed: throw-away databases of tests and benches. */
  readonly fast?: boolean
  /** Told in French what an operator should know: started, reused, lost, found again. */
  readonly log?: (message: string) => void
}

/** A PostgreSQL that answers until it is stopped. */
export interface EmbeddedServer {
  /** Where the data really is. */
  readonly folder: string
  readonly port: number
  /** Was it already running for this folder? */
  readonly reused: boolean
  /** Address of a database as the superuser: for creating roles and databases, never for the API. */
  superuserUrl(database: string): string
  /** Stops the server, unless another program still uses it. */
  stop(): Promise<void>
}

/** Starts a real PostgreSQL 18 from the npm binaries, or joins the one that already serves the folder. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const cluster = await prepare(options)
  const keeper = new Keeper(cluster, options.log ?? (() => undefined))
  const { port, reused } = await keeper.start()
  return {
    folder: cluster.folder,
    port,
    reused,
    superuserUrl: (database) => superuserUrl(cluster, port, database),
    stop: () => keeper.stop(),
  }
}

async function prepare({ dir, fast = false }: EmbeddedOptions): Promise<Cluster> {
  const identity = chooseIdentity()
  const binaries = prepareBinaries(await findBinaries(), identity)
  return openCluster(prepareFolder(dir, fast, identity), binaries, identity, fast)
}
