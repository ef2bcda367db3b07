import { AuditEntry, AuditQuery } from '@maillage/contracts/audit'
import { pageOf } from '@maillage/contracts/kit/page'
import { Readings, ReadingsQuery } from '@maillage/contracts/trail/readings'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { listAuditEntries } from './audit.store.ts'
import { readReadings } from './readings/read-readings.ts'

const list = {
  config: { access: ['coordinator', 'administrator'] },
  schema: {
    tags: ['audit'],
    summary: 'List who saw or did what, the latest first',
    querystring: AuditQuery,
    response: { 200: pageOf(AuditEntry) },
  },
} as const

const readings = {
  config: { access: ['coordinator', 'administrator'] },
  schema: {
    tags: ['audit'],
    summary: 'Who was shown a case, or all that its patient has here; no patient is named',
    querystring: ReadingsQuery,
    response: { 200: Readings, ...problemsOf('not-found') },
  },
} as const

/** HTTP ↔ the trail. It is read here, and its reading by case leaves a line of its own. */
export const auditLogRoutes: FastifyPluginAsyncZod<Pick<Deps, 'db' | 'now'>> = async (app, { db, now }) => {
  app.get('/audit-entries', list, ({ query, actor }) =>
    db.read(actor.cptsId, (tx) => listAuditEntries(tx, actor.cptsId, query)),
  )
  app.get('/readings', readings, ({ query, actor }) => readReadings({ db, now }, actor, query))
}
