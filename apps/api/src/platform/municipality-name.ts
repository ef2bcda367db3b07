import { eq } from 'drizzle-orm'
import type { Db } from './db/database.ts'
import { municipalities } from './reference.table.ts'

/** The name of a commune by its INSEE code; the code itself when it is unknown, which the foreign data may be. */
export async function municipalityName(db: Db, code: string): Promise<string> {
  const [found] = await db
    .select({ name: municipalities.name })
    .from(municipalities)
    .where(eq(municipalities.code, code))
  return found?.name ?? code
}
