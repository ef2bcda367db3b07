import path from 'node:path'
import { type EmbeddedServer, startEmbedded } from '@maillage/embedded-postgres'
import pg from 'pg'
import { startLoader } from '../load/load.ts'
import { postmasterOf } from '../load/process-cpu.ts'
import type { Bench } from '../load/rounds.ts'
import { copyVolume } from '../volume/copy-volume.ts'
import { prepareVolume, type VolumeSize } from '../volume/prepare-volume.ts'
import { type Server, startLimit, startProduct } from './servers.ts'
import { meetTenants, type Tenant } from './tenants.ts'

/** All that a measure of the API needs, on a copy of a volume: both servers, the load, who asks. */
export interface Stage {
  readonly size: VolumeSize
  readonly dataDir: string
  readonly postgres: EmbeddedServer
  readonly client: pg.Client
  readonly product: Server
  readonly limit: Server
  readonly bench: Bench
  /** Signed in just now: tokens last for minutes. */
  tenants(): Promise<Tenant[]>
  close(): Promise<void>
}

interface Item {
  readonly kind: string
  readonly status: string
  readonly acts: string[]
}

/** Which acts each status allows, as the product's own pages tell. */
async function learnActs(port: number, tenant: Tenant): Promise<Record<string, string[]>> {
  const acts: Record<string, string[]> = {}
  for (const sort of ['queue', 'band', 'opened']) {
    const url = `http://127.0.0.1:${port}/api/v1/worklist?limit=200&sort=${sort}`
    const answer = await fetch(url, { headers: tenant.headers })
    // The product checks its own answers against its contract.
    const { items } = (await answer.json()) as { items: Item[] }
    for (const { kind, status, acts: allowed } of items) acts[`${kind} ${status}`] = allowed
  }
  return acts
}

/** A volume is kept for days: proposals that ran out meanwhile would all expire at once, and none be left to accept. */
const clocksAgain = `update proposals set expires_at = expires_at + (now() - sent_at)
where status = 'pending' and expires_at < now() + interval '1 hour'`

/** Prepares the volume if need be, and starts everything on a copy of it. */
export async function openStage(size: VolumeSize, say: (words: string) => void): Promise<Stage> {
  const closing: (() => unknown)[] = []
  const close = async (): Promise<void> => {
    for (let end = closing.pop(); end; end = closing.pop()) await end()
  }
  try {
    const volume = await prepareVolume(size, say)
    say(`Copie de ${size.cases} dossiers dans ${size.cpts} CPTS…`)
    const copy = await copyVolume(volume)
    closing.push(() => copy.remove())
    const postgres = await startEmbedded({ dir: path.join(copy.dataDir, 'postgres') })
    closing.push(() => postgres.stop())
    const url = postgres.superuserUrl('maillage')
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    closing.push(() => client.end())
    await client.query(clocksAgain)
    const product = await startProduct({ dataDir: copy.dataDir })
    closing.push(() => product.stop())
    const tenants = (): Promise<Tenant[]> => meetTenants(client, product.port, size.cpts)
    const [first] = await tenants()
    if (!first) throw new Error('The volume has no CPTS')
    const limit = await startLimit(url, await learnActs(product.port, first))
    closing.push(() => limit.stop())
    const loader = startLoader()
    closing.push(() => loader.stop())
    const bench = { loader, postmaster: postmasterOf(postgres.folder) }
    return { size, dataDir: copy.dataDir, postgres, client, product, limit, bench, tenants, close }
  } catch (error) {
    await close()
    throw error
  }
}
