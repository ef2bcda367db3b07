import { dayIn } from '@maillage/contracts/kit/dates'
import { type AccountId, type CaseId, newRowId } from '@maillage/contracts/kit/ids'
import type { Context } from '../../kernel/context.ts'
import { type Away, deputyOf, listAway } from '../../kernel/coordination/deputies.ts'
import { listUnreadCases, type UnreadCase } from '../../kernel/coordination/unread-cases.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { enqueue } from '../../kernel/record/outbox.ts'
import type { Db } from '../../platform/db/database.ts'
import { keepAlert, lastToldAt, listHolders } from './alerts.store.ts'
import { gatherUntil, tellFrom } from './unread-delays.ts'

/**
 * Tells by mail of the urgent cases that nobody of the coordination opened in time, for the job that runs each minute.
 * Each case is told once a time of waiting; what is due together goes in one mail a reader. Returns the cases told.
 */
export async function tellUnread(tx: Db, context: Context): Promise<CaseId[]> {
  const { now, calendar, actor } = context
  const { cptsId } = actor
  const due = (await listUnreadCases(tx, cptsId)).filter(
    ({ reason, since, toldAt }) => toldAt === null && tellFrom(calendar, reason, new Date(since)) <= now,
  )
  if (due.length === 0) return []
  const last = await lastToldAt(tx, cptsId)
  if (last && gatherUntil(last) > now) return []
  const told: UnreadCase[] = []
  const mailId = newRowId()
  for (const one of due) {
    const reason = one.reason === 'same-day' ? 'same-day' : 'first-band'
    const alert = { cptsId, caseId: one.id, since: new Date(one.since), reason, mailId, toldAt: now } as const
    if (!(await keepAlert(tx, alert))) continue
    told.push(one)
    await recordAudit(tx, actor, { action: 'alert.unread', at: now, caseId: one.id })
  }
  const away = await listAway(tx, cptsId, dayIn(calendar.timeZone, now))
  for (const [accountId, caseIds] of await readersOf(tx, context, told, away)) {
    await enqueue(tx, { cptsId, topic: 'send-unread-mail', payload: { mailId, accountId, caseIds }, now })
  }
  return told.map(({ id }) => id)
}

/**
 * Who is told of which cases: the administrators of all, a deputy of those whose owner is away. Where the CPTS has no
 * administrator, the coordinators who are there: somebody must know.
 */
async function readersOf(
  tx: Db,
  { actor: { cptsId } }: Context,
  told: readonly UnreadCase[],
  away: readonly Away[],
): Promise<Map<AccountId, CaseId[]>> {
  const readers = new Map<AccountId, CaseId[]>()
  const add = (accountId: AccountId, caseId: CaseId): void => {
    const known = readers.get(accountId) ?? []
    if (!known.includes(caseId)) readers.set(accountId, [...known, caseId])
  }
  const administrators = await listHolders(tx, cptsId, 'administrator')
  const isAway = (id: AccountId): boolean => away.some(({ accountId }) => accountId === id)
  const heads =
    administrators.length > 0
      ? administrators
      : (await listHolders(tx, cptsId, 'coordinator')).filter((id) => !isAway(id))
  for (const { id, ownerId } of told) {
    for (const head of heads) add(head, id)
    const deputy = ownerId && deputyOf(away, ownerId)
    if (deputy) add(deputy, id)
  }
  return readers
}
