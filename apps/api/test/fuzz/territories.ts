import type { CptsId } from '@maillage/contracts/kit/ids'
import { sql } from 'drizzle-orm'
import { randomFrom } from '../../seeds/demo/invent/random.ts'
import { seedDemo } from '../../seeds/demo/seed-demo.ts'
import type { TestApp } from '../build-test-app.ts'
import { demoPassword } from '../builders/a-demo.ts'
import { prepare } from '../builders/as-owner.ts'
import { readDocument } from './document.ts'
import type { Errands } from './errands.ts'
import { Luck } from './luck.ts'
import { Pool } from './pool.ts'
import { textsOf } from './values.ts'
import type { World } from './world.ts'

export interface Territories {
  readonly ours: CptsId
  readonly theirs: CptsId
  /** Every id of the neighbour's rows. */
  readonly foreignIds: readonly string[]
  /** Accounts of people who work in both. */
  readonly sharedIds: readonly string[]
  readonly municipalities: readonly string[]
}

/** Two territories that live: a small demo, in which every status occurs, and its neighbour. */
export async function seedTerritories(tested: TestApp, now: Date): Promise<Territories> {
  const { url, ownerUrl } = tested.database
  await seedDemo({ url, ownerUrl, now, password: demoPassword, scale: 0.05 })
  return prepare(tested, async (tx) => {
    const { rows } = await tx.execute<{ id: CptsId }>(sql`
      select c.id from cpts c order by (select count(*) from cases where cpts_id = c.id) desc`)
    const [ours, theirs] = rows.map(({ id }) => id)
    if (!ours || !theirs) throw new Error('The demo has two territories')
    // Some can be written to by post alone.
    await tx.execute(sql`
      update patients set phones = '{}', email = null where cpts_id in (${ours}, ${theirs}) and id in (
        select patient_id from cases where kind = 'gp-search' and status = 'eligible' order by id limit 60)`)
    const tables = await tx.execute<{ name: string }>(sql`
      select c.table_name as name from information_schema.columns c join information_schema.columns i using (table_schema, table_name)
      where c.table_schema = 'public' and c.column_name = 'cpts_id' and i.column_name = 'id' and i.data_type = 'uuid'`)
    const foreignIds: string[] = []
    for (const { name } of tables.rows) {
      const found = await tx.execute<{ id: string }>(
        sql`select id from ${sql.identifier(name)} where cpts_id = ${theirs} limit 3000`,
      )
      foreignIds.push(...found.rows.map(({ id }) => id))
    }
    // Accounts stand under no territory: theirs are those of the people who work there alone.
    const accounts = await tx.execute<{ id: string }>(sql`
      select account_id as id from memberships group by account_id having bool_and(cpts_id = ${theirs})`)
    foreignIds.push(...accounts.rows.map(({ id }) => id))
    // Somebody who works on both sides of the border is the same person to both.
    const shared = await tx.execute<{ id: string }>(sql`
      select account_id as id from memberships group by account_id having count(distinct cpts_id) > 1`)
    const places = await tx.execute<{ code: string }>(
      sql`select municipality_code as code from cpts_municipalities where cpts_id = ${ours}`,
    )
    const sharedIds = shared.rows.map(({ id }) => id)
    return { ours, theirs, foreignIds, sharedIds, municipalities: places.rows.map(({ code }) => code) }
  })
}

/** From what the requests are drawn: the document, the territories, and a seed. */
export function worldOf(tested: TestApp, territories: Territories, errands: Errands, seed: number): World {
  const document = readDocument(tested.app)
  const { foreignIds, municipalities } = territories
  const examples = document.operations.flatMap(({ body }) => body?.examples.map(({ value }) => value) ?? [])
  return {
    document,
    random: randomFrom(seed),
    pool: new Pool(),
    luck: new Luck(),
    now: tested.deps.now,
    origin: tested.deps.settings.publicUrl,
    municipalities,
    texts: textsOf(examples),
    foreignIds,
    demands: new Map(),
    letters: errands.letters,
  }
}
