import { rawRequest } from './load.ts'
import { deepRead, type Read, type ReadOperation, readOperations } from './reads.ts'
import { interleave, type Sample } from './rounds.ts'
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

/** Every read of the product beside the limit's, on one volume. */
export async function measureReads(stage: Stage, plan: ReadPlan, say: (words: string) => void): Promise<Measured[]> {
  const measured: Measured[] = []
  let tenants = await stage.tenants()
  const operations = [...readOperations, await deepOperation(stage, tenants), await unchanged(stage, tenants)]
  let signedAt = Date.now()
  for (const operation of operations) {
    if (!operation || (plan.only && !plan.only(operation))) continue
    if (Date.now() - signedAt > 240_000) [tenants, signedAt] = [await stage.tenants(), Date.now()]
    const both = await requestsOf(stage, operation, tenants)
    const counts = operation.isMain ? plan.connections : [usual]
    for (const connections of counts) {
      const { product, limit } = both
      const sides = [
        { server: stage.product, requests: () => product, status: operation.status ?? '200' },
        ...(limit ? [{ server: stage.limit, requests: () => limit, status: '200' }] : []),
      ]
      const [ours, theirs] = await interleave(stage.bench, sides, { ...plan, connections })
      if (!ours) continue
      measured.push({ name: operation.name, connections, product: ours, limit: theirs })
      const share = theirs ? ` (${Math.round((100 * ours.perSecond) / theirs.perSecond)} % de la limite)` : ''
      say(`  ${operation.name}, c=${connections} : ${Math.round(ours.perSecond)}/s${share}`)
    }
  }
  return measured
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

/** The first page again, by somebody who has it already; only where the product says what it was. */
async function unchanged({ product }: Stage, tenants: readonly Tenant[]): Promise<ReadOperation | undefined> {
  const tags = new Map<Tenant['cptsId'], string>()
  for (const { cptsId, headers } of tenants) {
    const answer = await fetch(`http://127.0.0.1:${product.port}/api/v1/worklist`, { headers })
    const tag = answer.headers.get('etag')
    await answer.arrayBuffer()
    if (tag) tags.set(cptsId, tag)
  }
  if (tags.size === 0) return undefined
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
      const method = read.method ?? 'GET'
      const headers = { ...tenant.headers, ...read.headers }
      const sent = {
        method,
        headers: { ...headers, ...(read.body ? { 'content-type': 'application/json' } : {}) },
        ...(read.body ? { body: JSON.stringify(read.body) } : {}),
      }
      const answer = await fetch(`http://127.0.0.1:${product.port}${read.url}`, sent)
      const bytes = (await answer.arrayBuffer()).byteLength
      if (String(answer.status) !== status) throw new Error(`${name}: ${read.url} answered ${answer.status}`)
      ours.push(rawRequest(method, read.url, headers, read.body))
      if (!read.limit) continue
      const path = `/${read.limit.statement}/${[bytes, ...read.limit.values].map((value) => encodeURIComponent(value)).join('/')}`
      const same = await fetch(`http://127.0.0.1:${limit.port}${path}`)
      const size = (await same.arrayBuffer()).byteLength
      if (!same.ok) throw new Error(`${name}: the limit answered ${same.status} to ${path}`)
      if (status === '200' && Math.abs(size - bytes) > bytes * 0.02 + 60)
        throw new Error(`${name}: ${bytes} bytes against ${size} at the limit`)
      theirs.push(rawRequest('GET', path, {}))
    }
  }
  return { product: ours, limit: theirs.length > 0 ? theirs : undefined }
}
