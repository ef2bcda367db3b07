import { availableParallelism } from 'node:os'
import Fastify from 'fastify'
import pg from 'pg'
import { assign, create, pages, texts } from './limit.sql.ts'

/**
 * How fast this machine can answer at all: Fastify, pg, named prepared statements, a pool of twice the cores. It asks
 * nobody who they are, checks nothing and writes no trail. Answers have as many bytes as the product's.
 */
const { LIMIT_DATABASE_URL, LIMIT_ACTS = '{}' } = process.env

const text = (value: string): string => value
// Dates as the wire has them, without a Date object in between: 2026-03-02 09:00:00.123+00.
const instant = (value: string): string =>
  value === 'infinity'
    ? value
    : `${value.slice(0, 10)}T${value
        .slice(11, -3)
        .slice(0, 12)
        .padEnd(12, value.length > 22 ? '0' : '.000')}Z`
pg.types.setTypeParser(pg.types.builtins.DATE, text)
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, instant)

const pool = new pg.Pool({
  connectionString: LIMIT_DATABASE_URL,
  max: 2 * availableParallelism(),
  options: '-c timezone=UTC -c session_replication_role=replica',
})

interface Row extends Record<string, unknown> {
  readonly kind: string
  readonly status: string
  readonly band_rank: number
}

/** Which acts a status allows: a table that the bench learns from the product's own answers. */
const acts: Record<string, string[]> = JSON.parse(LIMIT_ACTS)

const toItem = (row: Row): Record<string, unknown> => ({
  id: row.id,
  reference: row.reference,
  kind: row.kind,
  status: row.status,
  band: `P${row.band_rank}`,
  score: row.score,
  dueAt: row.due_at,
  dueCode: row.due_code,
  firstName: row.first_name,
  lastName: row.last_name,
  birthDate: row.birth_date,
  sex: row.sex,
  municipality: row.municipality,
  ownerId: row.owner_id,
  ownerName: row.owner_name,
  openedAt: row.opened_at,
  updatedAt: row.updated_at,
  escalated: row.escalated,
  liveProposals: row.live_proposals,
  householdSize: row.household_size,
  coverage: row.coverage,
  acts: acts[`${row.kind} ${row.status}`] ?? [],
  version: row.version,
})

const app = Fastify()
/** `/page/first/<bytes>/<values>`: the values of the statement, as they stand in the path. */
const asked = (path: string): { bytes: number; values: string[] } => {
  const [bytes = '0', ...values] = path.split('/')
  return { bytes: Number(bytes), values: values.map(decodeURIComponent) }
}

app.get<{ Params: { name: string; '*': string } }>('/page/:name/*', async ({ params }, reply) => {
  const { bytes, values } = asked(params['*'])
  const { rows } = await pool.query<Row>({ name: params.name, text: pages[params.name] ?? '', values })
  const answer = JSON.stringify({ items: rows.slice(0, 50).map(toItem), next: null })
  return reply
    .type('application/json; charset=utf-8')
    .send(answer.padEnd(bytes - Buffer.byteLength(answer) + answer.length))
})
app.get<{ Params: { name: string; '*': string } }>('/text/:name/*', async ({ params }, reply) => {
  const { bytes, values } = asked(params['*'])
  const { rows } = await pool.query<{ text: string }>({ name: params.name, text: texts[params.name] ?? '', values })
  return reply
    .type('application/json; charset=utf-8')
    .send((rows[0]?.text ?? '').padEnd(bytes).slice(0, bytes || undefined))
})
app.post<{ Params: { cpts: string; id: string } }>('/assign/:cpts/:id', async ({ params }, reply) => {
  const { rows } = await pool.query({ name: 'assign', text: assign, values: [params.cpts, params.id] })
  return rows[0] ?? reply.code(409).send({ code: 'case-changed' })
})
app.post<{ Params: { cpts: string; commune: string } }>('/create/:cpts/:commune', async ({ params }, reply) => {
  const { rows } = await pool.query({ name: 'create', text: create, values: [params.cpts, params.commune] })
  return reply.code(201).send(rows[0])
})

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
process.send?.('ready')
