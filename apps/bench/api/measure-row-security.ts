import type pg from 'pg'
import { ask } from '../load/ask.ts'
import { rawRequest } from '../load/load.ts'
import { interleave, middle, type Sample } from '../load/rounds.ts'
import { type ReadOperation, readOperations } from './reads.ts'
import type { Stage } from './stage.ts'

/** What an operation costs with the policies of each row, and without them. */
export interface RowSecurityCost {
  readonly name: string
  readonly enforced: Sample
  readonly bypassed: Sample
}

/** The worklist and its figures: read all day, and where the policies would be felt first. */
const isJudged = ({ name, isMain }: ReadOperation): boolean => isMain === true && /^(?:file|compteurs)/.test(name)
const pace = { connections: 4, rounds: 1 }
// A ratio of one round each would tell of the machine.
const fewestRounds = 4

/**
 * The product asked in turn with its policies and without, on one copy and in one process: the policies are switched off
 * on every table, then on again, and PostgreSQL plans anew each time. The statements keep their own filter on the CPTS,
 * so that both sides answer the same.
 */
export async function measureRowSecurity(
  stage: Stage,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  say: (words: string) => void,
): Promise<RowSecurityCost[]> {
  const costs: RowSecurityCost[] = []
  const tables = await protectedTables(stage.client)
  const tenants = await stage.tenants()
  for (const { name, reads, status = '200' } of readOperations.filter(isJudged)) {
    const requests: string[] = []
    for (const tenant of tenants)
      for (const read of reads(tenant)) {
        const headers = { ...tenant.headers, ...read.headers }
        const answer = await ask(stage.product.port, read, headers)
        if (answer.status === status) requests.push(rawRequest(read.method ?? 'GET', read.url, headers, read.body))
      }
    if (requests.length === 0) continue
    const side = { server: stage.product, requests: () => requests, status }
    const [enforced, bypassed]: [Sample[], Sample[]] = [[], []]
    try {
      for (let round = 0; round < Math.max(rounds, fewestRounds); round += 1)
        for (const [verb, seen] of inTurn(round, ['enable', enforced] as const, ['disable', bypassed] as const)) {
          await switchPolicies(stage.client, tables, verb)
          seen.push(...(await interleave(stage.bench, [side], { ...pace, seconds })))
        }
    } finally {
      await switchPolicies(stage.client, tables, 'enable')
    }
    costs.push({ name, enforced: middle(enforced), bypassed: middle(bypassed) })
    say(`  ${name} : avec et sans les règles par ligne`)
  }
  return costs
}

/** Whichever comes first finds the machine colder: they take turns. */
const inTurn = <A, B>(round: number, one: A, other: B): readonly (A | B)[] =>
  round % 2 === 0 ? [one, other] : [other, one]

async function protectedTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select oid::regclass::text as name from pg_class where relrowsecurity order by 1',
  )
  return rows.map(({ name }) => name)
}

/** Table by table: a lock on all of them at once would wait for readers that wait for it. */
async function switchPolicies(client: pg.Client, tables: readonly string[], verb: 'enable' | 'disable'): Promise<void> {
  for (const name of tables) await client.query(`alter table ${name} ${verb} row level security`)
}
