import { type SQL, sql } from 'drizzle-orm'
import type { TestApp } from '../build-test-app.ts'
import { prepare } from '../builders/as-owner.ts'
import type { Subjects } from './hot-operations.ts'

const few = 40

/** Rows of a filled territory, some of each sort and spread over it. */
export function findSubjects(tested: TestApp): Promise<Omit<Subjects, 'deep'>> {
  return prepare(tested, async (tx) => {
    const values = async (statement: SQL): Promise<string[]> =>
      (await tx.execute<{ value: string }>(statement)).rows.map(({ value }) => value)
    const casesWhere = (condition: SQL): Promise<string[]> =>
      values(sql`select id as value from cases where ${condition} order by md5(id::text) limit ${few}`)
    return {
      searches: await casesWhere(sql`kind = 'gp-search'`),
      cares: await casesWhere(sql`kind = 'unscheduled-care'`),
      discharges: await casesWhere(sql`kind = 'hospital-discharge'`),
      proposable: await casesWhere(sql`kind = 'gp-search' and status = 'eligible' and live_proposals = 0`),
      practitioners: await values(
        sql`select id as value from practitioners where is_general_practitioner order by md5(id::text) limit ${few}`,
      ),
      patients: await values(sql`select id as value from patients order by md5(id::text) limit ${few}`),
      names: await values(sql`select distinct last_name as value from patients order by 1 limit ${few}`),
      communes: await values(sql`select distinct municipality_code as value from cases order by 1 limit ${few}`),
    }
  })
}
