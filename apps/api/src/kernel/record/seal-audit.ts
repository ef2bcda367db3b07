import { createHash } from 'node:crypto'
import type { CptsId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { settings } from '@maillage/contracts/settings/settings'
import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Db } from '../../platform/db/database.ts'
import { auditEntries, auditSeals } from '../tables/audit.table.ts'

/** Rows younger than this may still have elders in transactions that have not committed (they end within 30 seconds). */
const settledAfterMs = 60_000
/** Lines a seal: few enough that digesting them holds nobody up. */
const batch = 1000

type EntryRow = typeof auditEntries.$inferSelect

/** The digest of a closed range: each line in its order, after the digest of the range before. */
export function digestOf(previous: string, entries: readonly EntryRow[]): string {
  const hash = createHash('sha256').update(previous)
  for (const entry of entries) {
    const { position, id, at, actorId, role, action, caseId, patientId, fromStatus, toStatus, outcome, onBehalf } =
      entry
    const { onBehalfOf, shown } = entry
    const line = [
      position,
      id,
      at.toISOString(),
      actorId,
      role,
      action,
      caseId,
      patientId,
      fromStatus,
      toStatus,
      outcome,
      onBehalf,
      // Added where there are, so that the seals from before still hold.
      ...(onBehalfOf ? [onBehalfOf] : []),
      ...(shown ? [{ shown }] : []),
    ]
    hash.update(`\n${JSON.stringify(line)}`)
  }
  return hash.digest('hex')
}

/**
 * Seals the next closed range of a CPTS's trail; returns how many lines it holds, 0 when there is nothing to seal.
 * Runs under the owner's role; ranges rather than a chain of rows, so that no write waits for another (domain notes B7).
 */
export async function sealAudit(tx: Db, cptsId: CptsId, now: Date): Promise<number> {
  // Two processes that sealed one range would break the chain.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`seal-audit:${cptsId}`}, 0))`)
  const [last] = await tx
    .select()
    .from(auditSeals)
    .where(eq(auditSeals.cptsId, cptsId))
    .orderBy(desc(auditSeals.toPosition))
    .limit(1)
  const next = await tx
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.cptsId, cptsId), gt(auditEntries.position, last?.toPosition ?? 0)))
    .orderBy(asc(auditEntries.position))
    .limit(batch)
  // A long act writes its line after those of acts that began later: the range ends before the first young line, not beside.
  const settled = now.getTime() - settledAfterMs
  const young = next.findIndex(({ recordedAt }) => recordedAt.getTime() >= settled)
  const entries = young === -1 ? next : next.slice(0, young)
  const [first, final] = [entries[0], entries.at(-1)]
  if (!first || !final) return 0
  const previousDigest = last?.digest ?? ''
  await tx.insert(auditSeals).values({
    cptsId,
    id: newRowId(),
    fromPosition: first.position,
    toPosition: final.position,
    entries: entries.length,
    digest: digestOf(previousDigest, entries),
    previousDigest,
    sealedAt: now,
  })
  return entries.length
}

/** The CPTS whose trail holds lines to seal: one look-up each, whatever the length of the trail. */
export async function listUnsealed(tx: Db, now: Date): Promise<CptsId[]> {
  const settled = new Date(now.getTime() - settledAfterMs).toISOString()
  const { rows } = await tx.execute<{ id: CptsId }>(sql`
    select c.id from cpts c
    cross join lateral (
      select coalesce((select s.to_position from audit_seals s where s.cpts_id = c.id order by s.to_position desc limit 1), 0) as sealed
    ) l
    cross join lateral (
      select e.recorded_at from audit_entries e where e.cpts_id = c.id and e.position > l.sealed order by e.position limit 1
    ) next
    where next.recorded_at < ${settled}::timestamptz order by c.id`)
  return rows.map(({ id }) => id)
}

/** No CPTS may keep its trail for less (`settings`): a range removed sooner was not removed by us. */
const shortestKeptMs = settings['audit-months'].min * 28 * 86_400_000

/**
 * Does every seal of a CPTS still match its lines? Returns the position of the first range that does not, else null. The
 * oldest ranges may have been removed past their keeping time: their seals stay links of the chain, and hold no line.
 */
export async function findBrokenSeal(tx: Db, cptsId: CptsId): Promise<number | null> {
  const seals = await tx
    .select()
    .from(auditSeals)
    .where(eq(auditSeals.cptsId, cptsId))
    .orderBy(asc(auditSeals.toPosition))
  let previous = ''
  let from = 0
  let mayBeRemoved = true
  for (const seal of seals) {
    const entries = await tx
      .select()
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.cptsId, cptsId),
          gt(auditEntries.position, from),
          lt(auditEntries.position, seal.toPosition + 1),
        ),
      )
      .orderBy(asc(auditEntries.position))
    const { removedAt, sealedAt } = seal
    const isRemoved: boolean = removedAt !== null && mayBeRemoved && entries.length === 0
    const isDue = isRemoved && removedAt !== null && removedAt.getTime() - sealedAt.getTime() >= shortestKeptMs
    const holds = removedAt === null ? seal.digest === digestOf(previous, entries) : isDue
    if (seal.previousDigest !== previous || !holds) return seal.fromPosition
    mayBeRemoved = isRemoved
    previous = seal.digest
    from = seal.toPosition
  }
  return null
}
