import { CaseParams } from '@maillage/contracts/cases'
import { MessageThread, NewMessage, ReadMessages, UnreadMessages } from '@maillage/contracts/coordination/messages'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { markRead, readMessages, sendMessage } from './exchange-messages.ts'
import { unreadOf } from './message.store.ts'

const tags = ['messages']
// Never practitioners: the thread speaks of who was asked and who declined.
const sides = { access: ['coordinator', 'hospital_staff', 'requester'] } as const
const params = CaseParams

const unread = {
  config: sides,
  schema: { tags, summary: 'The cases where a message waits to be read', response: { 200: UnreadMessages } },
}
const read = {
  config: sides,
  schema: {
    tags,
    summary: 'Read the messages of a case, oldest first',
    params,
    response: { 200: MessageThread, ...problemsOf('not-found') },
  },
}
const send = {
  config: { ...sides, idempotent: true },
  schema: {
    tags,
    summary: 'Write to the other side of a case',
    params,
    body: NewMessage,
    response: { 201: MessageThread, ...problemsOf('not-found', 'idempotency-conflict') },
  },
} as const
const reading = {
  config: sides,
  schema: {
    tags,
    summary: 'Say up to which message one has read',
    params,
    body: ReadMessages,
    response: { 200: MessageThread, ...problemsOf('not-found') },
  },
}

/** HTTP ↔ what a ward or a requester and the coordination write to each other. */
export const messageRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/messages/unread', unread, async ({ actor }) => ({
    items: await deps.db.read(actor.cptsId, (db) => unreadOf(db, actor)),
  }))
  app.get('/cases/:id/messages', read, ({ params: { id }, actor }) => readMessages(deps, actor, id))
  app.post('/cases/:id/messages', send, async ({ params: { id }, body, actor }, reply) =>
    reply.code(201).send(await sendMessage(deps, actor, id, body.text)),
  )
  app.put('/cases/:id/messages/reading', reading, ({ params: { id }, body, actor }) =>
    markRead(deps, actor, id, body.upTo),
  )
}
