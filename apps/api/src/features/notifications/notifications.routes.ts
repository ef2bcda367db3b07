import { PageQuery, pageOf } from '@maillage/contracts/kit/page'
import { ChangeNoticeChoices, OwnNoticeChoices } from '@maillage/contracts/notifications/notice-choices'
import {
  NoticeTarget,
  OpenLink,
  ReadNotices,
  ReceivedNotice,
  UnreadNotices,
} from '@maillage/contracts/notifications/notices'
import { roles } from '@maillage/contracts/roles'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { changeChoices, describeChoices, sendTrial } from './choices/change-choices.ts'
import { markRead } from './inbox/inbox.store.ts'
import { countWaiting, openProposalLink, readInbox } from './inbox/read-inbox.ts'

const tags = ['notifications']
const config = { access: roles } as const

const list = {
  config,
  schema: {
    tags,
    summary: 'List what one was told inside Maillage, the latest first',
    querystring: PageQuery,
    response: { 200: pageOf(ReceivedNotice) },
  },
}
const unread = {
  config,
  schema: { tags, summary: 'Count what one has not looked at yet', response: { 200: UnreadNotices } },
}
const read = {
  config,
  schema: {
    tags,
    summary: 'Say that everything up to a message was looked at',
    body: ReadNotices,
    response: { 200: UnreadNotices },
  },
}
const choices = {
  config,
  schema: { tags, summary: 'Read how one wants to be told', response: { 200: OwnNoticeChoices } },
}
const choose = {
  config,
  schema: {
    tags,
    summary: 'Choose how one wants to be told: channels, quiet hours, one message a day',
    body: ChangeNoticeChoices,
    response: { 200: OwnNoticeChoices, ...problemsOf('version-stale', 'invalid-field') },
  },
}
const trial = {
  config,
  schema: { tags, summary: 'Write to oneself, to see that it works', response: { 204: noContent } },
}
const open = {
  config: { access: ['practitioner', 'secretary', 'coordinator'] },
  schema: {
    tags,
    summary: 'Find what the link of a message opens, once signed in',
    body: OpenLink,
    response: { 200: NoticeTarget, ...problemsOf('not-found') },
  },
} as const

/** HTTP ↔ what one person is told, and how they want it. */
export const notificationRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { db, now } = deps
  app.get('/notifications', list, ({ query, actor }) =>
    db.read(actor.cptsId, (reader) => readInbox(reader, actor, query)),
  )
  app.get('/notifications/unread', unread, ({ actor }) =>
    db.read(actor.cptsId, (reader) => countWaiting(reader, actor)),
  )
  app.post('/notifications/reading', read, ({ body, actor }) =>
    db.transaction(actor.cptsId, async (tx) => {
      await markRead(tx, actor, body.until, now())
      return countWaiting(tx, actor)
    }),
  )
  app.get('/notification-choices', choices, ({ actor }) =>
    db.read(actor.cptsId, (reader) => describeChoices(reader, actor)),
  )
  app.put('/notification-choices', choose, ({ body, actor }) => changeChoices(deps, actor, body))
  app.post('/notification-trials', trial, async ({ actor }, reply) => {
    await sendTrial(deps, actor)
    return reply.code(204).send(null)
  })
  app.post('/notification-links/opening', open, ({ body, actor }) => openProposalLink(deps, actor, body.token))
}
