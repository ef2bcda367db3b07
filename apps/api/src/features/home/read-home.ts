import type { Home, StandIn } from '@maillage/contracts/coordination/home'
import { dayIn } from '@maillage/contracts/kit/dates'
import type { AccountId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { findOwnAbsence } from '../../kernel/coordination/coordinator-absences.ts'
import { type Away, listAway, standInsOf } from '../../kernel/coordination/deputies.ts'
import { listUnreadCases, type UnreadCase } from '../../kernel/coordination/unread-cases.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { startOfDayIn } from '../../kernel/start-of-day.ts'
import type { Db } from '../../platform/db/database.ts'
import { countLeftBy, readFigures } from './home-figures.store.ts'
import { describeAlerts, listAnswers, listDepartures } from './home-lists.store.ts'
import { findVisit, keepVisit } from './home-visits.store.ts'
import { newsSince } from './news-since.ts'

/** Discharges that leave within this time stand on the home page: the alert's own delay (domain notes D7). */
const departureHours = 48

interface Moment {
  now: Date
  endOfDay: Date
}

/** The start of a coordinator's day. It names patients: reading it leaves a line in the trail. */
export function readHome(deps: Deps, actor: Actor, accountId: AccountId): Promise<Home> {
  return deps.db.read(actor.cptsId, async (db) => {
    const { cptsId } = actor
    const now = deps.now()
    const { timeZone } = await loadCalendar(db, cptsId)
    const today = dayIn(timeZone, now)
    const moment = { now, endOfDay: startOfDayIn(timeZone, now, 1) }
    const since = newsSince(await findVisit(db, { cptsId, accountId }), now)
    const unread = await listUnreadCases(db, cptsId)
    const away = standInsOf(await listAway(db, cptsId, today), accountId)
    const home: Home = {
      since: since.toISOString(),
      figures: await readFigures(db, cptsId, now),
      answers: await listAnswers(db, cptsId, since),
      departures: await listDepartures(db, cptsId, new Date(now.getTime() + departureHours * 3_600_000)),
      alerts: await describeAlerts(db, cptsId, unread),
      standIns: await describeStandIns(db, actor, away, unread, moment),
      absence: await findOwnAbsence(db, cptsId, accountId, today),
    }
    const { answers, departures, alerts } = home
    const shown = [...answers.items, ...departures.items, ...alerts.items].map((line) => line.case.id)
    await recordAudit(db, actor, { action: 'home.read', at: now, shown })
    return home
  })
}

async function describeStandIns(
  db: Db,
  actor: Actor,
  away: readonly Away[],
  unread: readonly UnreadCase[],
  moment: Moment,
): Promise<StandIn[]> {
  const standIns: StandIn[] = []
  // One after the other: they run on one borrowed connection.
  for (const { accountId, displayName, until } of away) {
    const left = await countLeftBy(db, actor.cptsId, { accountId, ...moment })
    const alerts = unread.filter(({ ownerId }) => ownerId === accountId).length
    standIns.push({ colleague: { id: accountId, displayName }, until, ...left, alerts })
  }
  return standIns
}

/** Remembers that this person looked at the home page: after a pause, what came meanwhile becomes the news. */
export function recordVisit(deps: Deps, actor: Actor, accountId: AccountId): Promise<void> {
  return deps.db.transaction(actor.cptsId, async (tx) => {
    const now = deps.now()
    const visitor = { cptsId: actor.cptsId, accountId }
    const since = newsSince(await findVisit(tx, visitor), now)
    await keepVisit(tx, visitor, { since, lastAt: now })
  })
}
