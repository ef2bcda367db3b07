import { recount } from '@maillage/many-cases/recount'
import { rawRequest } from '../load/load.ts'
import { interleave, type Pace, type Sample } from '../load/rounds.ts'
import type { Measured } from './measure-reads.ts'
import type { Stage } from './stage.ts'
import { findTargets, manyPlaces, type Target, type WriteOperation, writeOperations } from './writes.ts'

/** At what pace writes are made: each on a case of its own, so that none waits for another. */
export interface WritePlan {
  readonly rounds: number
  readonly seconds: number
  readonly connections: readonly number[]
  /** At most, a round: the volume holds so many cases in the state that the act wants. */
  readonly most: number
}

/** Every write of the product beside the limit's plain one, on one volume. The counters are made right again at the end. */
export async function measureWrites(stage: Stage, plan: WritePlan, say: (words: string) => void): Promise<Measured[]> {
  await stage.client.query(manyPlaces)
  const measured: Measured[] = []
  for (const operation of writeOperations) {
    const headers = new Map((await stage.tenants()).map((tenant) => [tenant.cptsId, tenant.headers]))
    for (const connections of plan.connections) {
      const [product, limit] = await both(stage, operation, headers, { ...plan, connections }).catch(
        (error: unknown) => {
          say(`  ${operation.name} : non mesuré, ${String(error)}`)
          return []
        },
      )
      if (!product) continue
      measured.push({ name: operation.name, connections, product, limit })
      const share = limit ? ` (${Math.round((100 * product.perSecond) / limit.perSecond)} % de la limite)` : ''
      say(`  ${operation.name}, c=${connections} : ${Math.round(product.perSecond)}/s${share}`)
    }
  }
  await recount(stage.client)
  return measured
}

type Headers = ReadonlyMap<string, Readonly<Record<string, string>>>

/** One round at a time, for the cases of the next are those that this one left. */
async function both(
  stage: Stage,
  operation: WriteOperation,
  headers: Headers,
  plan: Pace & { most: number },
): Promise<(Sample | undefined)[]> {
  const rounds: Sample[][] = []
  for (let round = 0; round < plan.rounds; round += 1) {
    const warming = round === 0 ? 100 : 0
    const ours = await findTargets(stage.client, operation, 'product', plan.most)
    const theirs = await findTargets(stage.client, operation, 'limit', plan.most)
    const product = ours.map((target) => toProduct(operation, target, headers))
    const limit = theirs.map((target) => toLimit(operation, target))
    const sides = [
      { server: stage.product, requests: () => product, status: operation.status },
      { server: stage.limit, requests: () => limit, status: operation.limit === 'create' ? '201' : '200' },
    ]
    // Warm: what is compiled at the first answers is not what an answer costs.
    for (const { server, requests } of sides)
      await stage.bench.loader.run({
        port: server.port,
        connections: 8,
        seconds: 10,
        requests: requests().slice(0, warming),
        once: true,
      })
    const measured = sides.map((side) => ({ ...side, requests: () => side.requests().slice(warming) }))
    rounds.push(await interleave(stage.bench, measured, { ...plan, rounds: 1, once: true }))
  }
  // The middle round by its speed: figures of one round belong together.
  return [0, 1].map((side) => {
    const samples = rounds
      .flatMap((round) => round[side] ?? [])
      .toSorted((one, other) => one.perSecond - other.perSecond)
    return samples[Math.floor(samples.length / 2)]
  })
}

function toProduct({ request }: WriteOperation, target: Target, headers: Headers): string {
  const { url, body, headers: own } = request(target)
  return rawRequest('POST', url, { ...headers.get(target.cpts_id), ...own }, body)
}

const toLimit = ({ limit }: WriteOperation, { cpts_id: cptsId, case_id: caseId, commune }: Target): string =>
  rawRequest('POST', limit === 'create' ? `/create/${cptsId}/${commune}` : `/assign/${cptsId}/${caseId}`, {})
