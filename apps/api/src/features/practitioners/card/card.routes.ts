import {
  AnswerPublication,
  ChangeCard,
  ConfirmCard,
  PractitionerCard,
} from '@maillage/contracts/directory/practitioner-cards'
import { PractitionerParams } from '@maillage/contracts/practitioners'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../kernel/context.ts'
import { problemsOf } from '../../../platform/http/problem-responses.ts'
import { answerPublication } from './answer-publication.ts'
import { changeCard } from './change-card.ts'
import { confirmCard } from './confirm-card.ts'
import { readCard } from './read-card.ts'

const tags = ['practitioners']
const owners = { access: ['coordinator', 'practitioner'] } as const
const params = PractitionerParams

const read = {
  config: owners,
  schema: {
    tags,
    summary: 'Read the whole card of oneself, or of anybody for the coordinator, with where each field comes from',
    params,
    response: { 200: PractitionerCard, ...problemsOf('not-found', 'role-may-not') },
  },
}
const change = {
  config: owners,
  schema: {
    tags,
    summary: 'Say how one is reached and whom one takes; kept against every import',
    params,
    body: ChangeCard,
    response: { 200: PractitionerCard, ...problemsOf('not-found', 'role-may-not', 'version-stale') },
  },
}
const confirm = {
  config: owners,
  schema: {
    tags,
    summary: 'Say that the card is right, as it was read; on behalf, by phone, for the coordinator',
    params,
    body: ConfirmCard,
    response: { 200: PractitionerCard, ...problemsOf('not-found', 'role-may-not', 'version-stale') },
  },
}
const publish = {
  config: owners,
  schema: {
    tags,
    summary: 'Let the contacts be shown, or no longer; every answer is kept',
    params,
    body: AnswerPublication,
    response: { 200: PractitionerCard, ...problemsOf('not-found', 'role-may-not') },
  },
}

/** HTTP ↔ what a practitioner says of themselves. */
export const cardRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/practitioners/:id/card', read, (request) => readCard(deps, request.actor, request.params.id))
  app.put('/practitioners/:id/card', change, async ({ params: { id }, body, actor }) => {
    await changeCard(deps, actor, id, body)
    return readCard(deps, actor, id)
  })
  app.post('/practitioners/:id/confirmation', confirm, async ({ params: { id }, body, actor }) => {
    await confirmCard(deps, actor, id, body.version)
    return readCard(deps, actor, id)
  })
  app.post('/practitioners/:id/publication', publish, async ({ params: { id }, body, actor }) => {
    await answerPublication(deps, actor, id, body)
    return readCard(deps, actor, id)
  })
}
