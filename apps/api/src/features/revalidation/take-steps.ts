import type { CaseId, CptsId, RevalidationId } from '@maillage/contracts/kit/ids'
import type { AskingChannel } from '@maillage/contracts/revalidation'
import { act } from '../../kernel/act.ts'
import { systemActor } from '../../kernel/actor.ts'
import { addCalendarDays, nextOpening } from '../../kernel/calendar.ts'
import { lockCase } from '../../kernel/case.store.ts'
import type { Context } from '../../kernel/context.ts'
import { sendNotice } from '../../kernel/notices/send-notice.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { recordEvent } from '../../kernel/record/timeline.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { beforeAll } from '../../kernel/tending/walk.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { inBatches, type Pace, withoutRest } from '../../platform/jobs/pace.ts'
import { countCaseAttempts, hasUncounted } from './case-attempts.store.ts'
import { delaysOf } from './delays.store.ts'
import { attemptsOf, contactOf, insertAttempt, lockAsking, patchAsking, settleAskings } from './revalidation.store.ts'
import type { RevalidationRow } from './revalidation.table.ts'
import {
  type Attempt,
  type Contact,
  graceEnd,
  isByHand,
  linkDays,
  nextAttemptAt,
  nextWay,
  type RevalidationDelays,
} from './schedule.ts'
import type { RevalidationDeps } from './searches.ts'

const batch = 50

interface Due {
  readonly id: RevalidationId
  readonly caseId: CaseId
  readonly at: string
}

const columns = `select r.id, r.case_id as "caseId", r.next_at as at from revalidations r where r.cpts_id = $1`
const behind = `and r.next_at <= $2 and (r.next_at, r.id) > ($3::timestamptz, $4::uuid)`
const inOrder = `order by r.next_at, r.id limit ${batch}`
// Those whose day has come, and those to call whom somebody tried to reach from the case itself.
const dueText = `(${columns} and r.status in ('asking', 'grace') ${behind} ${inOrder})
union all (${columns} and r.status = 'to-reach' ${behind} and ${hasUncounted} ${inOrder})
order by at, id limit ${batch}`

/**
 * Takes the next step of every asking that is due: a message, the list of those to call, the end of the grace. Each in
 * a transaction of its own, looked at anew under its lock: it may run twice, and at once, without harm. Returns how many.
 */
export async function takeSteps(deps: RevalidationDeps, cptsId: CptsId, pace: Pace = withoutRest): Promise<number> {
  const system = systemActor(cptsId)
  const failures: unknown[] = []
  let taken = 0
  let after = { at: '-infinity', id: beforeAll }
  await inBatches(pace, async () => {
    const due = await act(deps, system, async (tx, { now }) => {
      await settleAskings(tx, cptsId, now)
      const values = [cptsId, now.toISOString(), after.at, after.id]
      return queryRows<Due>(tx, { name: 'revalidations_due', text: dueText, values })
    })
    for (const one of due) {
      await takeStep(deps, cptsId, one)
        .then(() => {
          taken += 1
        })
        .catch((error: unknown) => failures.push(error))
    }
    after = due.at(-1) ?? after
    return due.length === batch
  })
  if (failures.length > 0) throw new AggregateError(failures, 'Some people could not be asked')
  return taken
}

function takeStep(deps: RevalidationDeps, cptsId: CptsId, { id, caseId }: Due): Promise<void> {
  return act(deps, systemActor(cptsId), async (tx, context) => {
    const row = await lockCase(tx, context.actor, { id: caseId })
    const asking = await lockAsking(tx, { cptsId, id })
    // Somebody answered meanwhile, or another process was faster.
    if (!asking || asking.endedAt || asking.nextAt > context.now) return
    const counted = await countCaseAttempts(tx, asking)
    if (asking.status === 'to-reach') {
      if (counted > 0) await followCaseAttempts({ tx, context, row, asking })
      return
    }
    if (!mayBeGivenUp(row)) {
      // A pause, or a proposal that is live, protects: looked at again the next day.
      await patchAsking(tx, asking, {
        nextAt: nextOpening(context.calendar, addCalendarDays(context.calendar, context.now, 1)),
      })
      return
    }
    const { contact } = await contactOf(tx, row)
    const attempts = await attemptsOf(tx, asking)
    const delays = await delaysOf(tx, cptsId)
    const way = nextWay(contact, attempts, delays.attempts)
    if (way === 'grace') await endGrace(deps, { tx, context, row, asking }, delays)
    else if (isByHand(way)) await patchAsking(tx, asking, { status: 'to-reach', channel: way, nextAt: context.now })
    else await writeTo({ tx, context, row, asking }, contact, attempts, { channel: way, delays })
  })
}

/** Waits on the list and nothing is offered to anybody: only then may its end come. */
const mayBeGivenUp = ({ status, liveProposals, isOpen }: CaseRow): boolean =>
  isOpen && status === 'eligible' && liveProposals === 0

/** An asking in progress, with its search. */
export interface Asked {
  readonly tx: Db
  readonly context: Context
  readonly row: CaseRow
  readonly asking: RevalidationRow
}

/** Somebody tried to reach them from the case itself: it is as good as a call from the list. */
async function followCaseAttempts(asked: Asked): Promise<void> {
  const { contact } = await contactOf(asked.tx, asked.row)
  await goOn(asked, contact, await attemptsOf(asked.tx, asked.asking))
}

async function endGrace(
  deps: RevalidationDeps,
  { tx, context, row, asking }: Asked,
  delays: RevalidationDelays,
): Promise<void> {
  if (asking.status !== 'grace') {
    await patchAsking(tx, asking, { status: 'grace', nextAt: graceEnd(context.calendar, context.now, delays) })
    return
  }
  await deps.searches.close(tx, context, row, 'revalidation_failed')
  await patchAsking(tx, asking, { status: 'closed', endedAt: context.now })
}

async function writeTo(
  asked: Asked,
  contact: Contact,
  attempts: readonly Attempt[],
  { channel, delays }: { channel: 'email' | 'sms'; delays: RevalidationDelays },
): Promise<void> {
  const { tx, context, row, asking } = asked
  const address = channel === 'email' ? { email: contact.email ?? '' } : { phone: contact.mobile ?? '' }
  const attemptId = await insertAttempt(tx, context, asking, { channel, number: attempts.length + 1 })
  await sendNotice(tx, context, {
    kind: 'still-searching',
    to: { address },
    link: { purpose: 'still-searching', subjectId: asking.id, days: linkDays(delays) },
    about: asking.id,
    key: `revalidation:${attemptId}`,
  })
  await recordEvent(tx, context, row, { type: 'details', action: `asked-by-${channel}` })
  await recordAudit(tx, context.actor, {
    action: 'gp-search.ask-still-searching',
    at: context.now,
    caseId: row.id,
    patientId: row.patientId,
  })
  await goOn(asked, contact, [...attempts, { channel, bounced: false }])
}

/** Sets what comes after an attempt that was just made: the next one some days later, or the grace. */
export async function goOn(
  { tx, context, asking }: Asked,
  contact: Contact,
  attempts: readonly Attempt[],
  patch: Partial<Pick<RevalidationRow, 'before'>> = {},
): Promise<RevalidationRow> {
  const { calendar, now } = context
  const delays = await delaysOf(tx, asking.cptsId)
  const way = nextWay(contact, attempts, delays.attempts)
  if (way === 'grace') {
    const last: AskingChannel | null = attempts.findLast(({ bounced }) => !bounced)?.channel ?? null
    const nextAt = graceEnd(calendar, now, delays)
    return patchAsking(tx, asking, { status: 'grace', channel: last, nextAt, ...patch })
  }
  const nextAt = nextAttemptAt(calendar, now, delays)
  return patchAsking(tx, asking, { status: 'asking', channel: way, nextAt, ...patch })
}
