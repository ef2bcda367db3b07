import { Home, LateForMe } from '@maillage/contracts/coordination/home'
import { dayIn } from '@maillage/contracts/kit/dates'
import type { AccountId } from '@maillage/contracts/kit/ids'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { actorAndStandIns } from '../../kernel/coordination/deputies.ts'
import { noContent } from '../../platform/http/problem-responses.ts'
import { problem } from '../../platform/problem-error.ts'
import { countLateFor } from './home-figures.store.ts'
import { readHome, recordVisit } from './read-home.ts'

const tags = ['worklist']
const config = { access: ['coordinator'] } as const

const home = {
  config,
  schema: {
    tags,
    summary: 'Read the start of the day: figures, answers since the last visit, discharges at risk, unread alerts',
    response: { 200: Home },
  },
}
const visits = {
  config,
  schema: { tags, summary: 'Say that the home page was looked at', response: { 204: noContent } },
}
const late = {
  config,
  schema: {
    tags,
    summary: 'Count what is late for the caller and for whom they stand in',
    response: { 200: LateForMe },
  },
}

/** Only the system has no account, and it asks for nothing. */
const accountOf = (actor: Actor): AccountId => {
  if (!actor.accountId) throw problem('role-may-not')
  return actor.accountId
}

/** HTTP ↔ the home page of the coordination. */
export const homeRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/home', home, ({ actor }) => readHome(deps, actor, accountOf(actor)))
  app.post('/home/visits', visits, async ({ actor }, reply) => {
    await recordVisit(deps, actor, accountOf(actor))
    return reply.code(204).send(null)
  })
  app.get('/home/late', late, ({ actor }) =>
    deps.db.read(actor.cptsId, async (db) => {
      const now = deps.now()
      const { timeZone } = await loadCalendar(db, actor.cptsId)
      const accountIds = await actorAndStandIns(db, actor, dayIn(timeZone, now))
      return { late: await countLateFor(db, actor.cptsId, { now, accountIds }) }
    }),
  )
}
