import {
  ChangeReminder,
  OneReminder,
  ReminderChanged,
  ReminderLine,
  RemindersQuery,
} from '@maillage/contracts/coordination/reminders'
import { dayIn } from '@maillage/contracts/kit/dates'
import { pageOf } from '@maillage/contracts/kit/page'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { actorAndStandIns } from '../../kernel/coordination/deputies.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { startOfDayIn } from '../../kernel/start-of-day.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { changeReminder } from './change-reminder.ts'
import { listReminders } from './reminders.store.ts'

const tags = ['cases']
const config = { access: ['coordinator'] } as const

const list = {
  config,
  schema: {
    tags,
    summary: 'List the callbacks still to make, the soonest first; by default those of the caller',
    querystring: RemindersQuery,
    response: { 200: pageOf(ReminderLine) },
  },
}
const change = {
  config,
  schema: {
    tags,
    summary: 'Postpone a callback, give it to a colleague, say that it was made or take it up again',
    params: OneReminder,
    body: ChangeReminder,
    response: { 200: ReminderChanged, ...problemsOf('not-found', 'version-stale', 'wrong-status', 'invalid-field') },
  },
}

/** HTTP ↔ the callbacks of the whole CPTS; those of one case are read beside its story. */
export const reminderRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const read = (actor: Actor, query: RemindersQuery) =>
    deps.db.read(actor.cptsId, async (db) => {
      const now = deps.now()
      const { timeZone } = await loadCalendar(db, actor.cptsId)
      const today = dayIn(timeZone, now)
      const { assignee, due } = query
      const mine = assignee === 'me' ? await actorAndStandIns(db, actor, today) : undefined
      const untils = {
        late: now,
        today: startOfDayIn(timeZone, now, 1),
        week: startOfDayIn(timeZone, now, 7),
      }
      const page = await listReminders(db, actor, {
        query,
        heldBy: assignee === 'me' || assignee === 'all' ? mine : [assignee],
        before: due && untils[due],
        today,
      })
      const shown = page.items.map((line) => line.case.id)
      await recordAudit(db, actor, { action: 'reminders.list', at: now, shown })
      return page
    })
  app.get('/reminders', list, ({ query, actor }) => read(actor, query))
  app.put('/reminders/:id', change, ({ params, body, actor }) => changeReminder(deps, actor, params.id, body))
}
