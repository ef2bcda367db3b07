import { ask } from '../load/ask.ts'
import { rawRequest } from '../load/load.ts'
import { interleave, type Sample } from '../load/rounds.ts'
import { deepRead, type Read, type ReadOperation, readOperations } from './reads.ts'
import type { Server } from './servers.ts'
import type { Stage } from './stage.ts'
import type { Tenant } from './tenants.ts'

/** One line of the report. */
export interface Measured {
  readonly name: string
  readonly connections: number
  readonly product: Sample
  /** Absent where there is nothing to compare with. */
  readonly limit: Sample | undefined
}

/** Which operations, and at what pace. */
export interface ReadPlan {
  readonly rounds: number
  readonly seconds: number
  /** For the main operations; the others have 16. */
  readonly connections: readonly number[]
  readonly only?: (operation: ReadOperation) => boolean
}

const usual = 16

type Say = (words: string) => void

/** Every read of the product beside the limit's, on one volume. What is answered otherwise than awaited is told, not measured. */
export async function measureReads(stage: Stage, plan: ReadPlan, say: Say): Promise<Measured[]> {
  const measured: Measured[] = []
  let [tenants, signedAt] = [await stage.tenants(), Date.now()]
  const { only: isWanted = () => true } = plan
  const ready = readOperations.map((operation) => () => Promise.resolve(operation))
  for (const prepare of [...ready, () => deepOperation(stage, tenants), () => unchanged(stage, tenants)]) {
    if (Date.now() - signedAt > 240_000) [tenants, signedAt] = [await stage.tenants(), Date.now()]
    const operation = await prepare()
    if (!operation || !isWanted(operation)) continue
    const asked = { operation, tenants, plan, say }
    // Once more where a job changed the page meanwhile, and it was no longer the same.
    await measureRead(stage, asked, measured)
      .catch(async () => measureRead(stage, { ...asked, operation: (await prepare()) ?? operation }, measured))
      .catch((error: unknown) => say(`  ${operation.name} : non mesuré, ${String(error)}`))
  }
  return measured
}

interface Asked {
  readonly operation: ReadOperation
  readonly tenants: readonly Tenant[]
  readonly plan: ReadPlan
  readonly say: Say
}

async function measureRead(
  stage: Stage,
  { operation, tenants, plan, say }: Asked,
  measured: Measured[],
): Promise<void> {
  const { product, limit } = await requestsOf(stage, operation, tenants)
  for (const connections of operation.isMain ? plan.connections : [usual]) {
    const sides = [
      { server: stage.product, requests: () => product, status: operation.status ?? '200' },
      ...(limit ? [{ server: stage.limit, requests: () => limit, status: '200' }] : []),
    ]
    const [ours, theirs] = await interleave(stage.bench, sides, { ...plan, connections })
    if (!ours) return
    measured.push({ name: operation.name, connections, product: ours, limit: theirs })
    const share = theirs ? ` (${Math.round((100 * ours.perSecond) / theirs.perSecond)} % de la limite)` : ''
    say(`  ${operation.name}, c=${connections} : ${Math.round(ours.perSecond)}/s${share}`)
  }
}

async function deepOperation({ product, size }: Stage, tenants: readonly Tenant[]): Promise<ReadOperation | undefined> {
  const rows = Math.min(10_000, Math.round((0.4 * size.cases) / size.cpts))
  const found = new Map<Tenant['cptsId'], Read>()
  for (const tenant of tenants) {
    const read = await deepRead(product.port, tenant, rows)
    if (read) found.set(tenant.cptsId, read)
  }
  const reads = ({ cptsId }: Tenant): Read[] => [found.get(cptsId)].filter((read) => read !== undefined)
  return found.size > 0 ? { name: `file, page après ${rows} lignes`, isMain: true, reads } : undefined
}

/** The first page again, by somebody who has it already; only where the product says that it did not change. */
async function unchanged({ product }: Stage, tenants: readonly Tenant[]): Promise<ReadOperation | undefined> {
  const tags = new Map<Tenant['cptsId'], string>()
  for (const { cptsId, headers } of tenants) {
    const { etag } = await ask(product.port, { url: '/api/v1/worklist' }, headers)
    const again = etag && (await ask(product.port, { url: '/api/v1/worklist' }, { ...headers, 'if-none-match': etag }))
    if (etag && again && again.status === '304') tags.set(cptsId, etag)
  }
  if (tags.size < tenants.length) return undefined
  const reads = ({ cptsId }: Tenant): Read[] => [
    {
      url: '/api/v1/worklist',
      headers: { 'if-none-match': tags.get(cptsId) ?? '' },
      limit: { statement: 'page/first', values: [cptsId] },
    },
  ]
  return { name: 'file inchangée (If-None-Match), contre une page de la limite', isMain: true, status: '304', reads }
}

interface Requests {
  readonly product: readonly string[]
  readonly limit: readonly string[] | undefined
}

/** The requests of both sides, once each answer was seen to be right: the limit's has as many bytes. */
async function requestsOf(
  { product, limit }: Stage,
  { reads, name, status = '200' }: ReadOperation,
  tenants: readonly Tenant[],
): Promise<Requests> {
  const [ours, theirs]: [string[], string[]] = [[], []]
  for (const tenant of tenants) {
    // Of many CPTS, one variant each is enough.
    const all = reads(tenant)
    for (const read of tenants.length > 10 ? all.slice(0, 2) : all) {
      const headers = { ...tenant.headers, ...read.headers }
      const answer = await ask(product.port, read, headers)
      if (answer.status !== status) throw new Error(`${name}: ${read.url} answered ${answer.status}`)
      ours.push(rawRequest(read.method ?? 'GET', read.url, headers, read.body))
      if (read.limit) theirs.push(await atLimit(limit, read.limit, name, status === '200' ? answer.bytes : 0))
    }
  }
  return { product: ours, limit: theirs.length > 0 ? theirs : undefined }
}

/** The limit's request for the same answer, once it was seen to have as many bytes. */
async function atLimit(
  limit: Server,
  { statement, values }: NonNullable<Read['limit']>,
  name: string,
  bytes: number,
): Promise<string> {
  const url = `/${statement}/${[bytes, ...values].map((value) => encodeURIComponent(value)).join('/')}`
  const answer = await ask(limit.port, { url }, {})
  if (answer.status !== '200') throw new Error(`${name}: the limit answered ${answer.status} to ${url}`)
  if (bytes > 0 && Math.abs(answer.bytes - bytes) > bytes * 0.02 + 60)
    throw new Error(`${name}: ${bytes} bytes against ${answer.bytes} at the limit`)
  return rawRequest('GET', url, {})
}
