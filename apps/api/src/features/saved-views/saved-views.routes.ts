import {
  ChangeSavedView,
  NewSavedView,
  SavedView,
  SavedViewParams,
  SavedViews,
} from '@maillage/contracts/coordination/saved-views'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { addSavedView, changeSavedView, dropSavedView } from './keep-saved-view.ts'
import { listSavedViews, type SavedViewRow, type ViewOwner } from './saved-view.store.ts'

const tags = ['worklist']
const config = { access: ['coordinator'] } as const
const params = SavedViewParams

const list = {
  config,
  schema: {
    tags,
    summary: 'List one’s views of the queue, and those that colleagues share',
    response: { 200: SavedViews },
  },
}
const add = {
  config: { ...config, idempotent: true },
  schema: {
    tags,
    summary: 'Keep a view of the queue: filters, order and columns, never a search',
    body: NewSavedView,
    response: { 201: SavedView, ...problemsOf('already-exists') },
  },
}
const change = {
  config,
  schema: {
    tags,
    summary: 'Rename, share or redefine one’s own view',
    params,
    body: ChangeSavedView,
    response: { 200: SavedView, ...problemsOf('not-found', 'role-may-not', 'version-stale', 'already-exists') },
  },
}
const drop = {
  config,
  schema: {
    tags,
    summary: 'Drop one’s own view',
    params,
    response: { 204: noContent, ...problemsOf('not-found', 'role-may-not') },
  },
}

/** HTTP ↔ the views of the queue that people keep. */
export const savedViewRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/saved-views', list, async ({ actor }) => {
    const rows = await deps.db.read(actor.cptsId, (reader) => listSavedViews(reader, actor))
    return { items: rows.map(({ view, ownerName }) => toSavedView(view, actor, ownerName)) }
  })
  app.post('/saved-views', add, async ({ actor, body }, reply) =>
    reply.code(201).send(toSavedView(await addSavedView(deps, actor, body), actor, actor.displayName)),
  )
  app.put('/saved-views/:id', change, async ({ actor, body, params: { id } }) =>
    toSavedView(await changeSavedView(deps, actor, id, body), actor, actor.displayName),
  )
  app.delete('/saved-views/:id', drop, async ({ actor, params: { id } }, reply) => {
    await dropSavedView(deps, actor, id)
    return reply.code(204).send(null)
  })
}

const toSavedView = (row: SavedViewRow, reader: ViewOwner, ownerName: string): SavedView => ({
  id: row.id,
  name: row.name,
  query: row.query,
  shared: row.isShared,
  mine: row.accountId === reader.accountId,
  ownerName,
  version: row.version,
})
