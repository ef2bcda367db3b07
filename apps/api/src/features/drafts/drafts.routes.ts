import { Draft, DraftParams, SaveDraft } from '@maillage/contracts/drafts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { problem } from '../../platform/problem-error.ts'
import { deleteDraft, findDraft, saveDraft } from './draft.store.ts'

const tags = ['drafts']
const openers = ['coordinator', 'practitioner', 'requester', 'hospital_staff', 'administrator'] as const

const read = {
  config: { access: openers },
  schema: {
    tags,
    summary: 'Read what one typed in a form and did not send',
    params: DraftParams,
    response: { 200: Draft, ...problemsOf('not-found') },
  },
} as const
const save = {
  config: { access: openers },
  // A form's fields, not a file.
  bodyLimit: 128 * 1024,
  schema: {
    tags,
    summary: 'Keep a form for seven days',
    params: DraftParams,
    body: SaveDraft,
    response: { 200: Draft },
  },
} as const
const drop = {
  config: { access: openers },
  schema: { tags, summary: 'Drop a draft', params: DraftParams, response: { 204: noContent } },
} as const

/** HTTP ↔ unfinished forms, kept on the server and never in the browser. */
export const draftRoutes: FastifyPluginAsyncZod<Pick<Deps, 'db' | 'now'>> = async (app, { db, now }) => {
  app.get('/drafts/:form', read, async ({ params, actor }) => {
    const draft = await db.read(actor.cptsId, (tx) => findDraft(tx, actor, params.form, now()))
    if (!draft) throw problem('not-found')
    return { content: draft.content, savedAt: draft.savedAt.toISOString() }
  })
  app.put('/drafts/:form', save, async ({ params, body, actor }) => {
    const savedAt = now()
    await db.transaction(actor.cptsId, (tx) => saveDraft(tx, actor, { ...params, ...body }, savedAt))
    return { content: body.content, savedAt: savedAt.toISOString() }
  })
  app.delete('/drafts/:form', drop, async ({ params, actor }, reply) => {
    await db.transaction(actor.cptsId, (tx) => deleteDraft(tx, actor, params.form))
    return reply.code(204).send(null)
  })
}
