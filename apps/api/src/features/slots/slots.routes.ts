import { PractitionerParams } from '@maillage/contracts/practitioners'
import {
  CloseSlots,
  DaySlots,
  DaySlotsQuery,
  PractitionerSlots,
  PublishedSlots,
  PublishSlots,
  SlotWeekQuery,
} from '@maillage/contracts/slots/slots'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Deps } from '../../kernel/context.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { closeSlots } from './close-slots.ts'
import { publishSlots } from './publish-slots.ts'
import { readDaySlots, readPractitionerSlots } from './read-slots.ts'

const tags = ['slots']
const owners = { access: ['coordinator', 'practitioner', 'secretary'] } as const
const params = PractitionerParams

const list = {
  config: owners,
  schema: {
    tags,
    summary: 'Read the slots of a practitioner over some days, and the series that run',
    params,
    querystring: SlotWeekQuery,
    response: { 200: PractitionerSlots, ...problemsOf('not-found', 'role-may-not') },
  },
}
const publish = {
  config: { ...owners, idempotent: true },
  schema: {
    tags,
    summary: 'Publish the slots of one day',
    params,
    body: PublishSlots,
    response: { 201: PublishedSlots, ...problemsOf('not-found', 'role-may-not', 'already-exists') },
  },
}
const close = {
  config: owners,
  schema: {
    tags,
    summary: 'Close free slots, or open them again: all of them or none',
    params,
    body: CloseSlots,
    response: {
      204: z.null(),
      ...problemsOf('not-found', 'role-may-not', 'version-stale', 'slot-taken', 'already-exists'),
    },
  },
}
const day = {
  config: { access: ['coordinator'] as const },
  schema: {
    tags,
    summary: 'Read everybody’s slots of one day, today by default',
    querystring: DaySlotsQuery,
    response: { 200: DaySlots },
  },
}

/** HTTP ↔ the slots that practitioners publish. */
export const slotRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/practitioners/:id/slots', list, ({ params: { id }, query, actor }) =>
    readPractitionerSlots(deps, actor, id, query),
  )
  app.post('/practitioners/:id/slots', publish, async ({ params: { id }, body, actor }, reply) =>
    reply.code(201).send({ ids: await publishSlots(deps, actor, id, body) }),
  )
  app.post('/practitioners/:id/slots/closing', close, async ({ params: { id }, body, actor }, reply) => {
    await closeSlots(deps, actor, id, body)
    return reply.code(204).send(null)
  })
  app.get('/slots', day, ({ query, actor }) => readDaySlots(deps, actor, query.day))
}
