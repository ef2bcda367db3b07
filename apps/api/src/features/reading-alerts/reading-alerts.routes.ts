import { pageOf } from '@maillage/contracts/kit/page'
import {
  ExplainReading,
  OneReadingAlert,
  ReadingAlert,
  ReadingAlertsQuery,
} from '@maillage/contracts/trail/reading-alerts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { decodeCursor, InstantKeys, toPage } from '../../platform/http/cursor.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { explainReading } from './explain-reading.ts'
import { listAlerts } from './reading-alerts.store.ts'

const tags = ['audit']
const config = { access: ['administrator'] } as const

const list = {
  config,
  schema: {
    tags,
    summary: 'Readings to be explained, the latest first; nobody is ranked, counted or looked up',
    querystring: ReadingAlertsQuery,
    response: { 200: pageOf(ReadingAlert) },
  },
}
const explain = {
  config,
  schema: {
    tags,
    summary: 'Note how a reading was explained, or take that back',
    params: OneReadingAlert,
    body: ExplainReading,
    response: { 200: ReadingAlert, ...problemsOf('not-found', 'version-stale') },
  },
}

/** HTTP ↔ readings out of the ordinary. */
export const readingAlertRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/reading-alerts', list, ({ query: { status, limit, cursor }, actor }) => {
    const after = decodeCursor(cursor, InstantKeys)
    return deps.db.read(actor.cptsId, async (db) => {
      const rows = await listAlerts(db, actor.cptsId, { status, limit: limit + 1 }, after)
      await recordAudit(db, actor, { action: 'reading-alert.list', at: deps.now() })
      return toPage(
        rows,
        limit,
        ({ raisedAt, id }) => [raisedAt, id],
        (row) => row,
      )
    })
  })
  app.put('/reading-alerts/:id/explanation', explain, ({ params, body, actor }) =>
    explainReading(deps, actor, params.id, body),
  )
}
