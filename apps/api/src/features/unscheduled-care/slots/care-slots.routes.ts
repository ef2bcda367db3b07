import { CaseParams } from '@maillage/contracts/cases'
import { FreeSlots, HoldSlot, SlotVisit } from '@maillage/contracts/slots/care-slots'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../kernel/context.ts'
import { problemsOf } from '../../../platform/http/problem-responses.ts'
import { findFreeSlots } from './find-free-slots.ts'
import { holdSlot, letSlotGo } from './hold-slot.ts'
import { readVisit } from './read-visit.ts'

const tags = ['unscheduled-cares']
const coordinators = { access: ['coordinator'] as const }

const list = {
  config: { access: ['coordinator', 'practitioner', 'requester', 'hospital_staff'] as const },
  schema: {
    tags,
    summary: 'Read the slots that are free for a request, as the caller may see them, the best first',
    params: CaseParams,
    response: { 200: FreeSlots, ...problemsOf('not-found') },
  },
}
const hold = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Keep a slot aside for a quarter of an hour; it is let go by itself',
    params: CaseParams,
    body: HoldSlot,
    response: { 200: FreeSlots, ...problemsOf('not-found', 'slot-taken', 'wrong-status') },
  },
}
const letGo = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Let go the slot that was kept aside',
    params: CaseParams,
    response: { 200: FreeSlots, ...problemsOf('not-found', 'wrong-status') },
  },
}
const visit = {
  config: { access: ['coordinator', 'practitioner'] as const },
  schema: {
    tags,
    summary: 'Read a visit with how to reach the patient, for the practitioner who gives it',
    params: CaseParams,
    response: { 200: SlotVisit, ...problemsOf('not-found', 'role-may-not') },
  },
}

/** HTTP ↔ the slots that a request may take. Booking one is a move of the request. */
export const careSlotRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/unscheduled-cares/:id/free-slots', list, ({ params, actor }) => findFreeSlots(deps, actor, params.id))
  app.put('/unscheduled-cares/:id/slot-hold', hold, ({ params, body, actor }) =>
    holdSlot(deps, actor, params.id, body.slotId),
  )
  app.get('/unscheduled-cares/:id/visit', visit, ({ params, actor }) => readVisit(deps, actor, params.id))
  app.delete('/unscheduled-cares/:id/slot-hold', letGo, ({ params, actor }) => letSlotGo(deps, actor, params.id))
}
