import { ChangeTeam, EndTeam, NewTeam, SetTeamPlaces, Team, TeamParams } from '@maillage/contracts/directory/teams'
import { pageOf } from '@maillage/contracts/kit/page'
import { roles } from '@maillage/contracts/roles'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Deps } from '../../../kernel/context.ts'
import { problemsOf } from '../../../platform/http/problem-responses.ts'
import { changeTeam, declareTeamPlaces, endTeam, openTeam } from './keep-team.ts'
import { readTeam, readTeams } from './read-teams.ts'

const tags = ['teams']
const everybody = { access: roles } as const
const coordinators = { access: ['coordinator'] } as const
const params = TeamParams

const list = {
  config: everybody,
  schema: {
    tags,
    summary: 'List the teams of the territory; a ward and a requester read them without places',
    response: { 200: pageOf(Team) },
  },
}
const read = {
  config: everybody,
  schema: { tags, summary: 'Read a team', params, response: { 200: Team, ...problemsOf('not-found') } },
}
const open = {
  config: { ...coordinators, idempotent: true },
  schema: {
    tags,
    summary: 'Make a team of people of the directory',
    body: NewTeam,
    response: { 201: Team, ...problemsOf('already-exists') },
  },
}
const change = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Change a team or its members',
    params,
    body: ChangeTeam,
    response: { 200: Team, ...problemsOf('not-found', 'version-stale', 'already-exists') },
  },
}
const declare = {
  config: { access: ['coordinator', 'practitioner'] } as const,
  schema: {
    tags,
    summary: 'Declare the places that the team opens, from now on; its designated members and the coordinator may',
    params,
    body: SetTeamPlaces,
    response: { 200: Team, ...problemsOf('not-found', 'role-may-not', 'version-stale') },
  },
}
const end = {
  config: coordinators,
  schema: {
    tags,
    summary: 'Close a team: each member counts their own places again',
    params,
    body: EndTeam,
    response: { 204: z.null(), ...problemsOf('not-found', 'version-stale') },
  },
}

/** HTTP ↔ the teams and the places that they open together. */
export const teamRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/teams', list, async ({ actor }) => ({ items: await readTeams(deps, actor), next: null }))
  app.get('/teams/:id', read, (request) => readTeam(deps, request.actor, request.params.id))
  app.post('/teams', open, async ({ body, actor }, reply) => {
    const id = await openTeam(deps, actor, body)
    return reply
      .code(201)
      .header('location', `/api/v1/teams/${id}`)
      .send(await readTeam(deps, actor, id))
  })
  app.put('/teams/:id', change, async ({ params: { id }, body, actor }) => {
    await changeTeam(deps, actor, id, body)
    return readTeam(deps, actor, id)
  })
  app.put('/teams/:id/places', declare, async ({ params: { id }, body, actor }) => {
    await declareTeamPlaces(deps, actor, id, body)
    return readTeam(deps, actor, id)
  })
  app.post('/teams/:id/closing', end, async (request, reply) => {
    await endTeam(deps, request.actor, request.params.id, request.body.version)
    return reply.code(204).send(null)
  })
}
