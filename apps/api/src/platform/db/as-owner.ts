import { drizzle } from 'drizzle-orm/node-postgres'
import { connect } from './connect.ts'
import type { Db } from './database.ts'

/** One transaction under the owner of the tables, who sees every CPTS: operator's commands and seeds, never a request. */
export async function asOwner<T>(ownerUrl: string, work: (tx: Db) => Promise<T>): Promise<T> {
  const client = await connect(ownerUrl)
  try {
    return await drizzle(client).transaction((tx) => work(tx))
  } finally {
    await client.end()
  }
}
