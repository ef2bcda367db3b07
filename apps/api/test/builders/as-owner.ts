import type { Db } from '../../src/platform/db/database.ts'
import type { TestApp } from '../build-test-app.ts'

/** Prepares data under the owner of the tables, whom no policy stops. */
export const prepare = <T>(tested: Pick<TestApp, 'database'>, work: (tx: Db) => Promise<T>): Promise<T> =>
  tested.database.asOwner(work)
