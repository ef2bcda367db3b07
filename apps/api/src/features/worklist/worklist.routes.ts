import { pageOf } from '@maillage/contracts/kit/page'
import { WorklistCounts, WorklistItem, WorklistQuery, WorklistSearch } from '@maillage/contracts/worklist'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { listWorklist } from './worklist.store.ts'
import { countWorklist } from './worklist-counts.store.ts'

const tags = ['worklist']
const config = { access: ['coordinator'] } as const
const page = pageOf(WorklistItem)

const list = {
  config,
  schema: {
    tags,
    summary: 'Read the queue over the three kinds; without a status, the open cases',
    querystring: WorklistQuery,
    response: { 200: page },
  },
}
const search = {
  config,
  schema: {
    tags,
    summary: 'Read the queue of whom was typed: a name, a phone, a birth date or a reference',
    body: WorklistSearch,
    response: { 200: page },
  },
}
const counts = {
  config,
  schema: { tags, summary: 'Count what is open, late, due today and unmet', response: { 200: WorklistCounts } },
}

/** HTTP ↔ the queue: reads only. */
export const worklistRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const about = (actor: Parameters<typeof countWorklist>[1]) => ({ actor, kinds: deps.kinds, now: deps.now() })
  app.get('/worklist', list, ({ query, actor }) =>
    deps.db.read(actor.cptsId, (db) => listWorklist(db, about(actor), query)),
  )
  app.post('/worklist/search', search, ({ body, actor }) =>
    deps.db.read(actor.cptsId, (db) => listWorklist(db, about(actor), body)),
  )
  app.get('/worklist/counts', counts, ({ actor }) =>
    deps.db.read(actor.cptsId, (db) => countWorklist(db, actor, deps.now())),
  )
}
