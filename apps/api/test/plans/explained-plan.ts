import pg from 'pg'
import type { Sent } from './recorded-statements.ts'

/** One node of a plan, as `explain (format json)` writes it. */
export interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly PlanNode[]
}

/** With the parameters known, or the plan that a prepared statement keeps from its sixth execution on. */
export type PlanMode = 'force_custom_plan' | 'force_generic_plan'

const writes = /\b(insert into|delete from|update\s+("?\w+"?\s+)+set)\b/i

/**
 * The plan of a statement as the API's role gets it within its CPTS, run to its end and undone; a write is planned only.
 * The client is the superuser's, inside a transaction.
 */
export async function planOf(client: pg.Client, { text, values }: Sent, mode: PlanMode): Promise<PlanNode> {
  await client.query(`savepoint plan; set local plan_cache_mode = ${mode}`)
  await client.query(`prepare asked as ${text}`)
  const analyze = writes.test(text) ? '' : 'analyze, '
  const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : ''
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `explain (${analyze}format json) execute asked${given}`,
  )
  await client.query('deallocate asked; rollback to plan')
  const [plan] = rows
  if (!plan) throw new Error('A statement has no plan')
  return plan['QUERY PLAN'][0].Plan
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString())
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map(element).join(',')}}`)
  return pg.escapeLiteral(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

const element = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  return JSON.stringify(value instanceof Date ? value.toISOString() : String(value))
}

/** A plan's nodes, each before those it is made of. */
export const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** Rows that the plan took from these tables, those that it then left out included. */
export const rowsReadIn = (plan: PlanNode, tables: ReadonlySet<string>): number =>
  nodesOf(plan)
    .filter((node) => tables.has(node['Relation Name'] ?? ''))
    .reduce((total, node) => total + rowsReadBy(node), 0)

function rowsReadBy(node: PlanNode): number {
  const { 'Actual Rows': kept = 0, 'Actual Loops': loops = 0 } = node
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return Math.round((kept + removed) * loops)
}

/** The most rows that a sort of the plan took in. */
export const rowsSortedIn = (plan: PlanNode): number =>
  Math.max(
    0,
    ...nodesOf(plan)
      .filter((node) => node['Node Type'].includes('Sort'))
      .map(({ Plans: [below] = [] }) => (below?.['Actual Rows'] ?? 0) * (below?.['Actual Loops'] ?? 0)),
  )
