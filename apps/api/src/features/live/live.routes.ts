import type { OutgoingHttpHeaders } from 'node:http'
import { CaseParams } from '@maillage/contracts/cases'
import { CaseReading, LiveAnswer, LiveHeaders } from '@maillage/contracts/coordination/live'
import { roles } from '@maillage/contracts/roles'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Deps } from '../../kernel/context.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { streamHeaders } from '../../platform/live/event-stream.ts'
import type { Notifications } from '../../platform/live/notifications.ts'
import type { EndedSessions } from '../../platform/session/ended-sessions.ts'
import { leaveCase, readCase } from './case-reading.ts'
import { nextAnswer } from './live-answer.ts'
import { LiveHub } from './live-hub.ts'
import { openStream } from './live-stream.ts'

const live = {
  config: { access: roles },
  schema: {
    tags: ['live'],
    summary: 'Hear what changes: ids and kinds, never content',
    description:
      'An event stream (`text/event-stream`), or for whom none reaches (`application/json`) one answer as soon as something changed, 25 s at the latest. `Last-Event-ID` resumes where the reader was. The stream ends with the token, and with its session.',
    headers: LiveHeaders,
    response: {
      200: {
        description: 'What changed',
        content: { 'text/event-stream': { schema: z.string() }, 'application/json': { schema: LiveAnswer } },
      },
    },
  },
}
const participants = { access: ['coordinator', 'practitioner', 'requester', 'hospital_staff'] } as const
const reading = {
  config: participants,
  schema: {
    tags: ['live'],
    summary: 'Say that one is reading a case (every 20 s), and learn who else is',
    params: CaseParams,
    response: { 200: CaseReading, ...problemsOf('not-found') },
  },
}
const left = {
  config: participants,
  schema: {
    tags: ['live'],
    summary: 'Say that one no longer reads a case',
    params: CaseParams,
    response: { 204: noContent, ...problemsOf('not-found') },
  },
}

const lastWordMs = 1000

export type LiveRouteDeps = Deps & { readonly notifications: Notifications; readonly ended: EndedSessions }

/** HTTP ↔ live changes and who is reading what. */
export const liveRoutes: FastifyPluginAsyncZod<LiveRouteDeps> = async (app, deps) => {
  const hub = new LiveHub({ ...deps, log: app.log })
  // Before the server waits for its open answers to end: these would not.
  app.addHook('preClose', async () => {
    hub.close()
    // A reader too slow to take the last word, or a connection that a browser opened ahead, must not hold up the stop.
    setTimeout(() => app.server.closeAllConnections(), lastWordMs).unref()
  })

  app.get('/live', live, async (request, reply) => {
    const { familyId } = request.signedIn
    const asked = {
      actor: request.actor,
      onSessionEnd: (tell: () => void) => deps.ended.onEnd(familyId, tell),
      lastId: request.headers['last-event-id'],
      authorization: request.headers.authorization ?? '',
    }
    reply.headers(streamHeaders)
    if (request.headers.accept?.includes('text/event-stream')) {
      // Straight to the connection: a thousand readers cost one piece of bytes, and who does not read is seen at once.
      reply.hijack()
      // Fastify's headers may be lists and numbers, as Node's may.
      reply.raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders)
      openStream(hub, deps.now, reply.raw, asked)
      return reply
    }
    reply.type('application/json')
    return await nextAnswer(hub, deps.now, asked, request.raw)
  })
  app.put('/cases/:id/reading', reading, ({ actor, params }) => readCase(deps, actor, params.id))
  app.delete('/cases/:id/reading', left, async ({ actor, params }, reply) => {
    await leaveCase(deps, actor, params.id)
    return reply.code(204).send(null)
  })
}
