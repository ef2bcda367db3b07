import { pageOf } from '@maillage/contracts/kit/page'
import {
  WorklistCounts,
  WorklistItem,
  WorklistQuery,
  WorklistRows,
  WorklistRowsFound,
  WorklistSearch,
} from '@maillage/contracts/worklist'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { readRecorded } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { findWorklistRows, listWorklist } from './worklist.store.ts'
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
const rows = {
  config,
  schema: {
    tags,
    summary: 'Read some rows of the queue by their cases, among those that the filters let through',
    body: WorklistRows,
    response: { 200: WorklistRowsFound },
  },
}
const counts = {
  config,
  schema: { tags, summary: 'Count what is open, late, due today and unmet', response: { 200: WorklistCounts } },
}

/** HTTP ↔ the queue: reads only, each recorded. */
export const worklistRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const about = (actor: Parameters<typeof countWorklist>[1]) => ({ actor, kinds: deps.kinds, now: deps.now() })
  // A page names patients: whoever reads one leaves a line, which says neither whom nor what was typed.
  const read = <T>(actor: Actor, action: string, work: (db: Db) => Promise<T>) =>
    readRecorded(deps.db, actor, { action, at: deps.now() }, work)
  app.get('/worklist', list, ({ query, actor }) => read(actor, 'worklist.read', listWorklist(about(actor), query)))
  app.post('/worklist/search', search, ({ body, actor }) =>
    read(actor, 'worklist.search', listWorklist(about(actor), body)),
  )
  app.post('/worklist/rows', rows, ({ body, actor }) =>
    read(actor, 'worklist.read', findWorklistRows(about(actor), body)),
  )
  app.get('/worklist/counts', counts, ({ actor }) =>
    deps.db.read(actor.cptsId, (db) => countWorklist(db, actor, deps.now())),
  )
}
