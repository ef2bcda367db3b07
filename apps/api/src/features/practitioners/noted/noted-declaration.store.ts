import type { SaidFor } from '@maillage/contracts/delegation/on-behalf'
import { type CptsId, newRowId, type PractitionerId } from '@maillage/contracts/kit/ids'
import type { NotedDeclaration } from '@maillage/contracts/practitioners'
import { and, desc, eq } from 'drizzle-orm'
import type { Context } from '../../../kernel/context.ts'
import { accounts } from '../../../kernel/tables/cpts.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { invalidField } from '../../../platform/problem-error.ts'
import { isOwnEntry } from '../own-entry.ts'
import { notedDeclarationRows } from './noted-declaration.table.ts'

type Declared = Pick<NotedDeclaration, 'what'> & Partial<Pick<NotedDeclaration, 'places' | 'from' | 'until'>>

/**
 * Keeps who declared something in a practitioner's name, and who told them; nothing when they declare it themselves. Only
 * a coordinator writes down what somebody said, and nobody what was not said yet.
 */
export async function noteDeclaration(
  tx: Db,
  { actor, now }: Context,
  practitionerId: PractitionerId,
  { what, places, from, until }: Declared,
  said?: SaidFor,
): Promise<void> {
  if (said && actor.role !== 'coordinator') throw invalidField('/onBehalf', 'not-allowed')
  if (said?.calledAt && new Date(said.calledAt) > now) throw invalidField('/onBehalf/calledAt', 'future')
  if (isOwnEntry(actor, practitionerId)) return
  await tx.insert(notedDeclarationRows).values({
    cptsId: actor.cptsId,
    id: newRowId(),
    practitionerId,
    at: now,
    what,
    places,
    fromDay: from,
    untilDay: until,
    notedBy: actor.accountId,
    channel: said?.channel,
    spokenTo: said?.spokenTo,
    calledAt: said ? new Date(said.calledAt ?? now) : null,
  })
}

/** As many as a screen shows; the trail holds all of them. */
const most = 20

/** What others declared in a practitioner's name, the latest first. */
export async function listNotedDeclarations(
  db: Db,
  cptsId: CptsId,
  practitionerId: PractitionerId,
): Promise<NotedDeclaration[]> {
  const rows = await db
    .select({ row: notedDeclarationRows, by: accounts.displayName })
    .from(notedDeclarationRows)
    .leftJoin(accounts, eq(accounts.id, notedDeclarationRows.notedBy))
    .where(and(eq(notedDeclarationRows.cptsId, cptsId), eq(notedDeclarationRows.practitionerId, practitionerId)))
    .orderBy(desc(notedDeclarationRows.at), desc(notedDeclarationRows.id))
    .limit(most)
  return rows.map(({ row, by }) => ({
    id: row.id,
    at: row.at.toISOString(),
    what: row.what,
    by: by ?? 'Maillage',
    channel: row.channel,
    spokenTo: row.spokenTo,
    calledAt: row.calledAt?.toISOString() ?? null,
    places: row.places,
    from: row.fromDay,
    until: row.untilDay,
  }))
}
