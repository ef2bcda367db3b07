import type { ChangePublicDesk, PublicDesk } from '@maillage/contracts/coordination/public-registration'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import type { Db } from '../../../platform/db/database.ts'
import { publicDesks } from '../public-registration.table.ts'

/** What the CPTS tells the public; version 0 while it never wrote anything. */
export async function getPublicDesk(db: Db, cptsId: CptsId): Promise<PublicDesk> {
  const [row] = await db.select().from(publicDesks).where(eq(publicDesks.cptsId, cptsId))
  if (!row) return { isOpen: true, phone: null, hours: null, email: null, version: 0 }
  const { isOpen, phone, hours, email, version } = row
  return { isOpen, phone, hours, email, version }
}

/** Writes it when the version is the one seen; false when somebody else wrote meanwhile. */
export async function writePublicDesk(
  tx: Db,
  cptsId: CptsId,
  { version, ...desk }: ChangePublicDesk,
  now: Date,
): Promise<boolean> {
  const written = { ...desk, version: version + 1, updatedAt: now }
  const rows =
    version === 0
      ? await tx
          .insert(publicDesks)
          .values({ cptsId, ...written })
          .onConflictDoNothing()
          .returning({ version: publicDesks.version })
      : await tx
          .update(publicDesks)
          .set(written)
          .where(and(eq(publicDesks.cptsId, cptsId), eq(publicDesks.version, version)))
          .returning({ version: publicDesks.version })
  return rows.length > 0
}
