import { PractitionerParams } from '@maillage/contracts/practitioners'
import {
  ChangedSlotSeries,
  ChangeSlotSeries,
  EndedSlotSeries,
  EndSlotSeries,
  PublishedSlotSeries,
  PublishSlotSeries,
  SlotSeriesParams,
  WithdrawnSlotSeries,
} from '@maillage/contracts/slots/slots'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../kernel/context.ts'
import { problemsOf } from '../../../platform/http/problem-responses.ts'
import { describeSeries } from '../describe-slot.ts'
import { publishSlotSeries } from '../publish-slots.ts'
import { changeSlotSeries } from './change-slot-series.ts'
import { endSlotSeries, withdrawSlotSeries } from './end-slot-series.ts'

const tags = ['slots']
const owners = { access: ['coordinator', 'practitioner', 'secretary'] } as const

const publish = {
  config: { ...owners, idempotent: true },
  schema: {
    tags,
    summary: 'Publish slots that come again each week; eight weeks are written at a time',
    params: PractitionerParams,
    body: PublishSlotSeries,
    response: { 201: PublishedSlotSeries, ...problemsOf('not-found', 'role-may-not') },
  },
}
const change = {
  config: owners,
  schema: {
    tags,
    summary: 'Change a series from now on; slots in which somebody stands stay, and are told',
    params: SlotSeriesParams,
    body: ChangeSlotSeries,
    response: { 200: ChangedSlotSeries, ...problemsOf('not-found', 'role-may-not', 'version-stale') },
  },
}
const end = {
  config: owners,
  schema: {
    tags,
    summary: 'End a series; its free slots close, booked ones stand',
    params: SlotSeriesParams,
    body: EndSlotSeries,
    response: { 200: EndedSlotSeries, ...problemsOf('not-found', 'role-may-not', 'version-stale') },
  },
}
const withdraw = {
  config: owners,
  schema: {
    tags,
    summary: 'Take a series back whole; refused, naming the slots, once somebody was placed in it',
    params: SlotSeriesParams,
    body: EndSlotSeries,
    response: { 200: WithdrawnSlotSeries, ...problemsOf('not-found', 'role-may-not', 'version-stale', 'slot-taken') },
  },
}

/** HTTP ↔ the slots that come again each week. */
export const slotSeriesRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.post('/practitioners/:id/slot-series', publish, async ({ params: { id }, body, actor }, reply) => {
    const { series, made } = await publishSlotSeries(deps, actor, id, body)
    return reply.code(201).send({ series: describeSeries(series), made })
  })
  app.put('/practitioners/:id/slot-series/:seriesId', change, ({ params: { id, seriesId }, body, actor }) =>
    changeSlotSeries(deps, actor, { practitionerId: id, seriesId, version: body.version }, body),
  )
  app.post('/practitioners/:id/slot-series/:seriesId/end', end, ({ params: { id, seriesId }, body, actor }) =>
    endSlotSeries(deps, actor, { practitionerId: id, seriesId, version: body.version }),
  )
  app.post('/practitioners/:id/slot-series/:seriesId/withdrawal', withdraw, ({ params, body, actor }) =>
    withdrawSlotSeries(deps, actor, {
      practitionerId: params.id,
      seriesId: params.seriesId,
      version: body.version,
    }),
  )
}
