import { and, eq, gte, lte } from 'drizzle-orm'
import type { Actor } from '../../kernel/actor.ts'
import { coordinatorAbsences } from '../../kernel/tables/coordinator-absence.table.ts'
import type { Db } from '../../platform/db/database.ts'

type AbsenceRow = typeof coordinatorAbsences.$inferSelect

export async function insertAbsence(tx: Db, absence: typeof coordinatorAbsences.$inferInsert): Promise<void> {
  await tx.insert(coordinatorAbsences).values(absence)
}

/** Takes an absence away; false when there is none of this id here. */
export async function deleteAbsence(tx: Db, actor: Actor, id: string): Promise<boolean> {
  const gone = await tx
    .delete(coordinatorAbsences)
    .where(and(eq(coordinatorAbsences.cptsId, actor.cptsId), eq(coordinatorAbsences.id, id)))
    .returning({ id: coordinatorAbsences.id })
  return gone.length > 0
}

/** Does this person have an absence that overlaps these days? */
export async function isAwayBetween(
  tx: Db,
  { cptsId, accountId, fromDay, untilDay }: Pick<AbsenceRow, 'cptsId' | 'accountId' | 'fromDay' | 'untilDay'>,
): Promise<boolean> {
  const count = await tx.$count(
    coordinatorAbsences,
    and(
      eq(coordinatorAbsences.cptsId, cptsId),
      eq(coordinatorAbsences.accountId, accountId),
      lte(coordinatorAbsences.fromDay, untilDay),
      gte(coordinatorAbsences.untilDay, fromDay),
    ),
  )
  return count > 0
}
