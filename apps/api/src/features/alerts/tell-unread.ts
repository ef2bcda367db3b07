import { dayIn } from '@maillage/contracts/kit/dates'
import { type AccountId, type CaseId, type CptsId, newRowId } from '@maillage/contracts/kit/ids'
import { listHolders } from '../../kernel/accounts/holders.ts'
import { act } from '../../kernel/act.ts'
import { systemActor } from '../../kernel/actor.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { type Away, deputyOf, listAway } from '../../kernel/coordination/deputies.ts'
import { type LookedAt, lookForUntold, type UntoldCursor } from '../../kernel/coordination/untold-cases.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { recordAudits } from '../../kernel/record/record-many.ts'
import { type Batch, beforeAll, walk } from '../../kernel/tending/walk.ts'
import type { Db } from '../../platform/db/database.ts'
import { type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { keepAlerts, lastToldAt } from './alerts.store.ts'
import { gatherUntil, tellFrom } from './unread-delays.ts'

/** How many cases one mail tells at most; those that follow wait for the next. */
const mostTold = 500

/** Where to look: everywhere, or only among what was opened since an instant, which each minute can afford. */
export interface Look {
  readonly pace?: Pace
  readonly openedSince?: Date
}

/**
 * Tells by mail of the urgent cases that nobody of the coordination opened in time. Each case is told once a time of
 * waiting; what is due together goes in one mail a reader. Returns the cases told.
 */
export async function tellUnread(deps: Deps, cptsId: CptsId, look: Look = {}): Promise<CaseId[]> {
  const last = await deps.db.read(cptsId, (db) => lastToldAt(db, cptsId))
  if (last && gatherUntil(last) > deps.now()) return []
  const due = await findDue(deps, cptsId, look)
  return due.length === 0 ? [] : act(deps, systemActor(cptsId), (tx, context) => tell(tx, context, due))
}

async function findDue(deps: Deps, cptsId: CptsId, { pace = withoutRest, openedSince }: Look): Promise<LookedAt[]> {
  const due: LookedAt[] = []
  await walk<UntoldCursor>(deps, {
    name: 'tell-unread',
    cptsId,
    pace,
    from: { openedAt: openedSince?.toISOString() ?? '-infinity', id: beforeAll },
    batch: async (tx, { now, calendar }, after): Promise<Batch<UntoldCursor>> => {
      const { cases, next } = await lookForUntold(tx, cptsId, after, openedSince ? 'lately' : 'every-one')
      const late = cases.filter(
        ({ isUntold, reason, since }) => isUntold && tellFrom(calendar, reason, new Date(since)) <= now,
      )
      due.push(...late.slice(0, mostTold - due.length))
      return { seen: cases.length, changed: late.length, next: due.length < mostTold ? next : undefined }
    },
  })
  return due
}

async function tell(tx: Db, context: Context, due: readonly LookedAt[]): Promise<CaseId[]> {
  const { now, calendar, actor } = context
  const { cptsId } = actor
  const mailId = newRowId()
  const alerts = due.map(({ id, since, reason }) => ({
    ...{ cptsId, caseId: id, since: new Date(since), mailId, toldAt: now },
    reason: reason === 'same-day' ? ('same-day' as const) : ('first-band' as const),
  }))
  const kept = await keepAlerts(tx, alerts)
  const told = due.filter(({ id }) => kept.has(id))
  await recordAudits(
    tx,
    context,
    told.map(({ id }) => ({ action: 'alert.unread', caseId: id })),
  )
  const away = await listAway(tx, cptsId, dayIn(calendar.timeZone, now))
  for (const [accountId, caseIds] of await readersOf(tx, context, told, away)) {
    await sendNotice(tx, context, {
      kind: 'unread-cases',
      to: { accountId },
      values: { nombre: caseIds.length },
      about: mailId,
      key: `unread:${mailId}:${accountId}`,
      link: { path: '/file?tri=priorite' },
    })
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
  told: readonly LookedAt[],
  away: readonly Away[],
): Promise<Map<AccountId, CaseId[]>> {
  const readers = new Map<AccountId, Set<CaseId>>()
  const add = (accountId: AccountId, caseId: CaseId): void => {
    readers.set(accountId, (readers.get(accountId) ?? new Set()).add(caseId))
  }
  const holding = async (role: 'administrator' | 'coordinator'): Promise<AccountId[]> =>
    (await listHolders(tx, cptsId, role)).map(({ id }) => id)
  const administrators = await holding('administrator')
  const isAway = (id: AccountId): boolean => away.some(({ accountId }) => accountId === id)
  const heads = administrators.length > 0 ? administrators : (await holding('coordinator')).filter((id) => !isAway(id))
  for (const { id, ownerId } of told) {
    for (const head of heads) add(head, id)
    const deputy = ownerId && deputyOf(away, ownerId)
    if (deputy) add(deputy, id)
  }
  return new Map([...readers].map(([accountId, cases]) => [accountId, [...cases]]))
}
