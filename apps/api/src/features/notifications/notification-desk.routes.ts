import { PageQuery, pageOf } from '@maillage/contracts/kit/page'
import {
  ChangeNoticeTemplate,
  NoticeKindParams,
  NoticePreview,
  NoticeTemplate,
  NoticeTemplates,
  OneNotice,
  PreviewNotice,
  SentNotice,
  UndeliveredNotice,
} from '@maillage/contracts/notifications/notices'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { handleUndelivered, readLog, readUndelivered } from './desk/tend-deliveries.ts'
import { changeTemplate, listTemplates, previewTemplate } from './templates/change-template.ts'

const tags = ['notifications']
const forCoordinator = { access: ['coordinator'] } as const
const forAdministrator = { access: ['administrator'] } as const

const undelivered = {
  config: forCoordinator,
  schema: {
    tags,
    summary: 'List the messages that did not arrive and that nobody dealt with, the latest first',
    querystring: PageQuery,
    response: { 200: pageOf(UndeliveredNotice) },
  },
}
const handle = {
  config: forCoordinator,
  schema: {
    tags,
    summary: 'Say that a message that did not arrive was dealt with',
    params: OneNotice,
    response: { 204: noContent, ...problemsOf('not-found') },
  },
}
const log = {
  config: forAdministrator,
  schema: {
    tags,
    summary: 'List who was written to, by what and with what end, the latest first; never what it said',
    querystring: PageQuery,
    response: { 200: pageOf(SentNotice) },
  },
}
const templates = {
  config: forAdministrator,
  schema: { tags, summary: 'List the kinds of messages and their words', response: { 200: NoticeTemplates } },
}
const reword = {
  config: forAdministrator,
  schema: {
    tags,
    summary: 'Reword a kind of message, or give it back the product’s words',
    params: NoticeKindParams,
    body: ChangeNoticeTemplate,
    response: { 200: NoticeTemplate, ...problemsOf('not-found', 'version-stale', 'invalid-field') },
  },
}
const preview = {
  config: forAdministrator,
  schema: {
    tags,
    summary: 'See how words will look, and what stands in their way',
    params: NoticeKindParams,
    body: PreviewNotice,
    response: { 200: NoticePreview, ...problemsOf('not-found') },
  },
}

/** HTTP ↔ the messages of a whole CPTS: those that did not arrive, the log, the words. */
export const notificationDeskRoutes: FastifyPluginAsyncZod<Deps & { settings: { publicUrl: string } }> = async (
  app,
  deps,
) => {
  const { db, settings } = deps
  app.get('/undelivered-messages', undelivered, ({ query, actor }) => readUndelivered(deps, actor, query))
  app.post('/undelivered-messages/:id/handling', handle, async ({ params, actor }, reply) => {
    await handleUndelivered(deps, actor, params.id)
    return reply.code(204).send(null)
  })
  app.get('/message-deliveries', log, ({ query, actor }) => readLog(deps, actor, query))
  app.get('/message-templates', templates, ({ actor }) =>
    db.read(actor.cptsId, (reader) => listTemplates(reader, actor)),
  )
  app.put('/message-templates/:kind', reword, ({ params, body, actor }) =>
    changeTemplate(deps, actor, params.kind, body),
  )
  app.post('/message-templates/:kind/preview', preview, ({ params, body, actor }) => {
    const { publicUrl } = settings
    return db.read(actor.cptsId, (reader) => previewTemplate(reader, actor, { name: params.kind, ...body, publicUrl }))
  })
}
