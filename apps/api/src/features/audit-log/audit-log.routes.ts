import { AuditEntry, AuditQuery } from '@maillage/contracts/audit'
import { pageOf } from '@maillage/contracts/kit/page'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { listAuditEntries } from './audit.store.ts'

const list = {
  config: { access: ['coordinator', 'administrator'] },
  schema: {
    tags: ['audit'],
    summary: 'List who saw or did what, the latest first',
    querystring: AuditQuery,
    response: { 200: pageOf(AuditEntry) },
  },
} as const

/** HTTP ↔ the trail. It is read, never written here. */
export const auditLogRoutes: FastifyPluginAsyncZod<Pick<Deps, 'db'>> = async (app, { db }) => {
  app.get('/audit-entries', list, ({ query, actor }) =>
    db.read(actor.cptsId, (tx) => listAuditEntries(tx, actor.cptsId, query)),
  )
}
