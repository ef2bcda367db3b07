import {
  CoordinatorAbsence,
  CoordinatorAbsenceParams,
  CoordinatorAbsences,
  NewCoordinatorAbsence,
} from '@maillage/contracts/coordination/coordinator-absences'
import { dayIn } from '@maillage/contracts/kit/dates'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Deps } from '../../kernel/context.ts'
import { listAbsences } from '../../kernel/coordination/coordinator-absences.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { declareAbsence, endAbsence } from './declare-absence.ts'

const tags = ['accounts']
const config = { access: ['coordinator'] } as const

const list = {
  config,
  schema: {
    tags,
    summary: 'List who of the coordination is or will be away, and who stands in',
    response: { 200: CoordinatorAbsences },
  },
}
const declare = {
  config: { ...config, idempotent: true },
  schema: {
    tags,
    summary: 'Declare an absence and its deputy, one’s own or that of a colleague',
    body: NewCoordinatorAbsence,
    response: { 201: CoordinatorAbsence, ...problemsOf('invalid-field', 'already-exists') },
  },
}
const end = {
  config,
  schema: {
    tags,
    summary: 'Take an absence away',
    params: CoordinatorAbsenceParams,
    response: { 204: noContent, ...problemsOf('not-found') },
  },
}

/** HTTP ↔ the absences of the coordination. */
export const coordinatorAbsenceRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/coordinator-absences', list, ({ actor }) =>
    deps.db.read(actor.cptsId, async (db) => {
      const { timeZone } = await loadCalendar(db, actor.cptsId)
      return { items: await listAbsences(db, actor.cptsId, dayIn(timeZone, deps.now())) }
    }),
  )
  app.post('/coordinator-absences', declare, async ({ body, actor }, reply) =>
    reply.code(201).send(await declareAbsence(deps, actor, body)),
  )
  app.delete('/coordinator-absences/:id', end, async ({ params, actor }, reply) => {
    await endAbsence(deps, actor, params.id)
    return reply.code(204).send(null)
  })
}
