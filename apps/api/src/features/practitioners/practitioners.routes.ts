import { pageOf } from '@maillage/contracts/kit/page'
import {
  Absence,
  AbsenceParams,
  ChangePractitioner,
  IntakeCapacity,
  NewAbsence,
  NewPractitioner,
  NotedDeclaration,
  Practitioner,
  PractitionerParams,
  PractitionerQuery,
  PractitionerSearch,
  RemoveAbsence,
  SetIntakeCapacity,
} from '@maillage/contracts/practitioners'
import { roles } from '@maillage/contracts/roles'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Deps } from '../../kernel/context.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { addAbsence } from './add-absence.ts'
import { changePractitioner } from './change-practitioner.ts'
import { declareCapacity } from './declare-capacity.ts'
import { enterPractitioner } from './enter-practitioner.ts'
import { readDirectory, readPractitioner } from './read-directory.ts'
import { readAbsences, readCapacity, readNotedDeclarations } from './read-intake.ts'
import { removeAbsence } from './remove-absence.ts'

const tags = ['practitioners']
const everybody = { access: roles } as const
const coordinators = { access: ['coordinator'] } as const
const owners = { access: ['coordinator', 'practitioner', 'secretary'] } as const
const params = PractitionerParams

const list = {
  config: everybody,
  schema: {
    tags,
    summary: 'Read the directory, by name; a ward and a requester read it without places',
    querystring: PractitionerQuery,
    response: { 200: pageOf(Practitioner), ...problemsOf('role-may-not') },
  },
}
const search = {
  config: everybody,
  schema: {
    tags,
    summary: 'Find in the directory by words that may be anybody’s name',
    body: PractitionerSearch,
    response: { 200: pageOf(Practitioner), ...problemsOf('role-may-not') },
  },
}
const enter = {
  config: { ...coordinators, idempotent: true },
  schema: {
    tags,
    summary: 'Enter somebody by hand',
    body: NewPractitioner,
    response: { 201: Practitioner, ...problemsOf('already-exists') },
  },
}
const read = {
  config: everybody,
  schema: { tags, summary: 'Read an entry', params, response: { 200: Practitioner, ...problemsOf('not-found') } },
}
const change = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Correct an entry; what is given is kept against the next import',
    params,
    body: ChangePractitioner,
    response: { 200: Practitioner, ...problemsOf('not-found', 'version-stale', 'already-exists') },
  },
}
const readPlaces = {
  config: owners,
  schema: {
    tags,
    summary: 'Read the places that a practitioner declared; version 0 when they never did',
    params,
    response: { 200: IntakeCapacity, ...problemsOf('not-found', 'role-may-not', 'delegation-ended') },
  },
}
const declare = {
  config: owners,
  schema: {
    tags,
    summary: 'Declare places for new patients, from now on',
    params,
    body: SetIntakeCapacity,
    response: { 200: IntakeCapacity, ...problemsOf('not-found', 'role-may-not', 'delegation-ended', 'version-stale') },
  },
}
const listAway = {
  config: owners,
  schema: {
    tags,
    summary: 'List the absences that are not over',
    params,
    response: { 200: pageOf(Absence), ...problemsOf('not-found', 'role-may-not', 'delegation-ended') },
  },
}
const addAway = {
  config: { ...owners, idempotent: true },
  schema: {
    tags,
    summary: 'Declare an absence, both days included',
    params,
    body: NewAbsence,
    response: { 201: Absence, ...problemsOf('not-found', 'role-may-not', 'delegation-ended', 'absence-overlaps') },
  },
}
const removeAway = {
  config: owners,
  schema: {
    tags,
    summary: 'Take an absence back',
    params: AbsenceParams,
    response: { 204: z.null(), ...problemsOf('not-found', 'role-may-not', 'delegation-ended') },
  },
}
const takeAwayBack = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Take an absence back for a practitioner who asked for it',
    params: AbsenceParams,
    body: RemoveAbsence,
    response: { 204: z.null(), ...problemsOf('not-found') },
  },
}
const listNoted = {
  config: owners,
  schema: {
    tags,
    summary: 'List the places and absences that others declared in a practitioner’s name, the latest first',
    params,
    response: { 200: pageOf(NotedDeclaration), ...problemsOf('not-found', 'role-may-not', 'delegation-ended') },
  },
}

/** HTTP ↔ the directory, and what practitioners say of their places and absences. */
export const practitionerRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/practitioners', list, ({ query, actor }) => readDirectory(deps, actor, query))
  app.post('/practitioners/search', search, ({ body, actor }) => readDirectory(deps, actor, body))
  app.post('/practitioners', enter, async ({ body, actor }, reply) => {
    const id = await enterPractitioner(deps, actor, body)
    return reply
      .code(201)
      .header('location', `/api/v1/practitioners/${id}`)
      .send(await readPractitioner(deps, actor, id))
  })
  app.get('/practitioners/:id', read, (request) => readPractitioner(deps, request.actor, request.params.id))
  app.put('/practitioners/:id', change, async ({ params: { id }, body, actor }) => {
    await changePractitioner(deps, actor, id, body)
    return readPractitioner(deps, actor, id)
  })
  app.get('/practitioners/:id/intake-capacity', readPlaces, (request) =>
    readCapacity(deps, request.actor, request.params.id),
  )
  app.put('/practitioners/:id/intake-capacity', declare, (request) =>
    declareCapacity(deps, request.actor, request.params.id, request.body),
  )
  app.get('/practitioners/:id/absences', listAway, async (request) => {
    const items = await readAbsences(deps, request.actor, request.params.id)
    return { items, next: null }
  })
  app.post('/practitioners/:id/absences', addAway, async (request, reply) =>
    reply.code(201).send(await addAbsence(deps, request.actor, request.params.id, request.body)),
  )
  app.delete('/practitioners/:id/absences/:absenceId', removeAway, async (request, reply) => {
    await removeAbsence(deps, request.actor, request.params.id, request.params.absenceId)
    return reply.code(204).send(null)
  })
  app.post('/practitioners/:id/absences/:absenceId/removal', takeAwayBack, async (request, reply) => {
    const { id, absenceId } = request.params
    await removeAbsence(deps, request.actor, id, absenceId, request.body.onBehalf)
    return reply.code(204).send(null)
  })
  app.get('/practitioners/:id/noted-declarations', listNoted, async (request) => {
    const items = await readNotedDeclarations(deps, request.actor, request.params.id)
    return { items, next: null }
  })
}
