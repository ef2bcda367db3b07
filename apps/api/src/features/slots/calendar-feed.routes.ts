import { PractitionerParams } from '@maillage/contracts/practitioners'
import { CalendarFeed, CalendarFeedParams, NewCalendarFeed } from '@maillage/contracts/slots/slots'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Deps } from '../../kernel/context.ts'
import { notChanged, problemsOf } from '../../platform/http/problem-responses.ts'
import { dropFeed, openFeed, readFeed, renewFeed } from './calendar-feed.ts'

const tags = ['slots']
const owners = { access: ['coordinator', 'practitioner', 'secretary'] } as const
const params = PractitionerParams

const read = {
  config: owners,
  schema: {
    tags,
    summary: 'Tell whether a practitioner’s calendar has a secret address',
    params,
    response: { 200: CalendarFeed, ...problemsOf('not-found', 'role-may-not') },
  },
}
const renew = {
  config: owners,
  schema: {
    tags,
    summary: 'Make a new secret address for the calendar; the one before stops serving',
    params,
    response: { 201: NewCalendarFeed, ...problemsOf('not-found', 'role-may-not') },
  },
}
const drop = {
  config: owners,
  schema: {
    tags,
    summary: 'Stop the calendar’s secret address',
    params,
    response: { 200: CalendarFeed, ...problemsOf('not-found', 'role-may-not') },
  },
}
const open = {
  // Whoever holds the address reads it: few a minute, so that nobody tries addresses.
  config: { access: 'public' as const, limit: 'feed' as const },
  schema: {
    tags,
    summary: 'Read the times at which a practitioner is taken, as a calendar; no name, no reason',
    params: CalendarFeedParams,
    produces: ['text/calendar'],
    response: { 200: z.string(), 304: notChanged, ...problemsOf('not-found') },
  },
}

/** HTTP ↔ the calendars that practitioners follow from their own diaries. */
export const calendarFeedRoutes: FastifyPluginAsyncZod<Deps & { settings: { publicUrl: string } }> = async (
  app,
  deps,
) => {
  const feeding = { ...deps, publicUrl: deps.settings.publicUrl }
  app.get('/practitioners/:id/calendar-feed', read, (request) => readFeed(deps, request.actor, request.params.id))
  app.post('/practitioners/:id/calendar-feed', renew, async (request, reply) =>
    reply.code(201).send(await renewFeed(feeding, request.actor, request.params.id)),
  )
  app.delete('/practitioners/:id/calendar-feed', drop, (request) => dropFeed(deps, request.actor, request.params.id))
  app.get('/calendars/:token.ics', open, async ({ params: { token }, headers }, reply) => {
    const { body, etag } = await openFeed(deps, token)
    reply.header('etag', etag).header('cache-control', 'private, max-age=300')
    if (headers['if-none-match'] === etag) return reply.code(304).send(null)
    return reply.type('text/calendar; charset=utf-8').serializer(asIs).send(body)
  })
}

const asIs = (body: unknown): string => String(body)
