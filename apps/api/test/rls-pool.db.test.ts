import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import { CptsId as CptsIds } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { type Database, type Db, openDatabase } from '../src/platform/db/database.ts'
import { buildTestApp, type TestApp } from './build-test-app.ts'
import { aGpSearch } from './builders/a-gp-search.ts'
import { aPatient } from './builders/a-patient.ts'
import { aCpts, someoneWho } from './builders/accounts.ts'
import { prepare } from './builders/as-owner.ts'
import { openNotes } from './notes-table.ts'

// Few connections, many requests of several CPTS, and faults of every sort while they pass from one to another.

/** Cuts or cancels one connection of the API after another, until told to stop; gives back how many it struck. */
function strike(superuserUrl: string): { stop(): Promise<number> } {
  let isOver = false
  const struck = (async () => {
    const striker = new pg.Client({ connectionString: superuserUrl })
    await striker.connect()
    let count = 0
    for (; !isOver; count += 1) {
      const how = count % 4 === 0 ? 'pg_terminate_backend' : 'pg_cancel_backend'
      await striker.query(`select ${how}(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'struck'
        order by random() limit 1`)
      await striker.query('select pg_sleep(0.004)')
    }
    await striker.end()
    return count
  })()
  return {
    stop: () => {
      isOver = true
      return struck
    },
  }
}

/** Under a name of its own, so that the harness keeps its connections. */
const struck = (url: string): string => `${url}?application_name=struck`

const tenants = Array.from({ length: 4 }, () => CptsIds.parse(v7()))

/** What a question in this tenant sees of others: nothing, whatever befalls it. */
async function lookAround(db: Db, tenant: CptsId, turn: number): Promise<string[]> {
  const { rows } = await db.execute<{ cpts_id: string; set: string }>(
    sql`select cpts_id, current_setting('app.cpts_id') as set from notes where ${turn}::int >= 0`,
  )
  return rows.flatMap((row) => [row.cpts_id, row.set]).filter((id) => id !== tenant)
}

const faults: readonly ((db: Db) => Promise<unknown>)[] = [
  (db) => db.execute(sql`select 1 / (${0}::int)`),
  (db) => db.execute(sql`select pg_cancel_backend(pg_backend_pid()), ${1}::int`),
  (db) => db.execute(sql`select pg_sleep(5), ${1}::int, set_config('statement_timeout', '1', true)`),
  (db) => db.execute(sql`set local statement_timeout = 1`).then(() => db.execute(sql`select pg_sleep(5)`)),
  (db) => db.execute(sql`select pg_terminate_backend(pg_backend_pid())`),
  (db) => db.execute(sql`insert into notes values (${v7()}, 'smuggled')`),
  () => Promise.reject(new Error('refused')),
]

/** One request among hundreds: looks, perhaps suffers a fault, looks again; gives back what it saw of others. */
async function oneOf(db: Database, turn: number): Promise<string[]> {
  const tenant = tenants[(turn * 7) % tenants.length] ?? CptsIds.parse(v7())
  const seen: string[] = []
  const work = async (connection: Db): Promise<void> => {
    seen.push(...(await lookAround(connection, tenant, turn)))
    const fault = turn % 4 === 0 ? faults[(turn / 4) % faults.length] : undefined
    // A caught fault: what follows it on the same connection must still be its own tenant's.
    if (turn % 8 === 0) await fault?.(connection).catch(() => undefined)
    else await fault?.(connection)
    seen.push(...(await lookAround(connection, tenant, turn)))
    // Nobody waits for this one.
    if (turn % 11 === 0) void connection.execute(sql`select pg_sleep(0.01)`).catch(() => undefined)
  }
  const write = async (connection: Db, words: readonly string[]): Promise<void> => {
    seen.push(...(await lookAround(connection, tenant, turn)))
    for (const word of words) await connection.execute(sql`insert into notes values (${tenant}, ${word})`)
  }
  const ways = [
    () => db.transaction(tenant, work),
    () => db.gather(tenant, write, `${tenant} ${turn}`),
    () => db.read(tenant, work),
  ]
  await ways[turn % ways.length]?.().catch(() => undefined)
  return seen
}

test('hundreds of reads, acts and gathered lines of four CPTS on two connections, with faults and cuts, see their own', async () => {
  const notes = await openNotes()
  const db = openDatabase({ url: struck(notes.url), poolSize: 2, onError: () => undefined })
  for (const tenant of tenants)
    await db.transaction(tenant, (tx) => tx.execute(sql`insert into notes values (${tenant}, ${tenant})`))
  const striker = strike(notes.superuserUrl)
  const seen = await Promise.all(Array.from({ length: 500 }, (_, turn) => oneOf(db, turn)))
  expect(await striker.stop()).toBeGreaterThan(10)
  expect(seen.flat()).toEqual([])
  // And once the storm is over, each is answered, by its own rows.
  for (const tenant of tenants) {
    const { rows } = await db.read(tenant, (connection) => connection.execute(sql`select distinct cpts_id from notes`))
    expect(rows).toEqual([{ cpts_id: tenant }])
  }
  await db.close()
  await notes.close()
}, 60_000)

interface Territory {
  readonly cptsId: CptsId
  readonly name: string
  readonly caseId: CaseId
  readonly headers: { authorization: string }
}

let tested: TestApp
const territories: Territory[] = []

beforeAll(async () => {
  tested = await buildTestApp()
  for (const name of ['Abeille', 'Bourdon', 'Cigale', 'Doryphore']) {
    const cptsId = await aCpts(tested, { name: `CPTS ${name}` })
    const { id: patientId } = await aPatient(tested, cptsId, { lastName: `Marque${name}` })
    const { id: caseId } = await aGpSearch(tested, cptsId, { patientId, status: 'eligible' })
    const { headers } = await someoneWho(tested, { cptsId, role: 'coordinator' })
    territories.push({ cptsId, name, caseId, headers })
  }
})
afterAll(() => tested.close())

test('the product answers hundreds of people of four CPTS on two connections, each with their own, while clients leave and connections are cut', async () => {
  const db = openDatabase({ url: struck(tested.database.url), poolSize: 2, onError: () => undefined })
  const app = await buildApp({ ...tested.deps, db })
  const base = await app.listen({ port: 0, host: '127.0.0.1' })
  const striker = strike(tested.database.superuserUrl)
  const ask = async ({ caseId, headers }: Territory, turn: number): Promise<string> => {
    const asked: readonly { path: string; method?: string; body?: string }[] = [
      { path: `/cases/${caseId}/notes`, method: 'POST', body: JSON.stringify({ text: `Note ${turn}` }) },
      { path: `/gp-searches/${caseId}` },
      { path: '/worklist' },
      { path: '/me' },
      { path: `/gp-searches/${territories[turn % territories.length]?.caseId}` },
    ]
    const { path = '', ...init } = asked[turn % asked.length] ?? {}
    // One in six leaves before the answer, at once or a little later.
    const leaving = turn % 6 === 0 ? { signal: AbortSignal.timeout(turn % 20) } : {}
    const answer = await fetch(`${base}/api/v1${path}`, {
      ...init,
      ...leaving,
      headers: { ...headers, 'content-type': 'application/json' },
    })
    return await answer.text()
  }
  const asked = Array.from({ length: 400 }, (_, turn) => ({ turn, by: territories[(turn * 3) % 4] }))
  const answers = await Promise.all(
    asked.map(async ({ turn, by }) => ({ by, body: by ? await ask(by, turn).catch(() => '') : '' })),
  )
  expect(await striker.stop()).toBeGreaterThan(10)
  const foreign = answers.filter(({ by, body }) =>
    territories.some(({ name, cptsId }) => name !== by?.name && (body.includes(name) || body.includes(cptsId))),
  )
  expect(foreign).toEqual([])
  const own = answers.filter(({ by, body }) => by && body.includes(by.name))
  expect(own.length).toBeGreaterThan(20)
  await app.close()
  await db.close()
  // What was written meanwhile, the gathered lines of the trail included, lies where its author belongs.
  const { rows } = await prepare(tested, (tx) =>
    tx.execute(sql`
      select 'audit' as place, a.cpts_id from audit_entries a join memberships m on m.account_id = a.actor_id
        where m.cpts_id <> a.cpts_id
      union all select 'story', e.cpts_id from case_events e join memberships m on m.account_id = e.actor_id
        where m.cpts_id <> e.cpts_id
      union all select 'case', a.cpts_id from audit_entries a join cases c on c.id = a.case_id where c.cpts_id <> a.cpts_id and a.outcome = 'done'`),
  )
  expect(rows).toEqual([])
}, 60_000)
