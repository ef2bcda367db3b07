import { PractitionerActivity, WaitingPatient } from '@maillage/contracts/candidates'
import { PageQuery, pageOf } from '@maillage/contracts/kit/page'
import { PractitionerParams } from '@maillage/contracts/practitioners'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../kernel/context.ts'
import { problemsOf } from '../../../platform/http/problem-responses.ts'
import { findWaitingPatients } from './find-waiting-patients.ts'
import { readActivity } from './read-activity.ts'

const tags = ['proposals']
const config = { access: ['coordinator'] } as const
const params = PractitionerParams

const waiting = {
  config,
  schema: {
    tags,
    summary: 'Who waits and could be proposed to this practitioner, priority first and then the longest wait',
    params,
    querystring: PageQuery,
    response: { 200: pageOf(WaitingPatient), ...problemsOf('not-found') },
  },
}
const activity = {
  config,
  schema: {
    tags,
    summary: 'What a practitioner was sent over 90 days, how they answered, and what still waits',
    params,
    response: { 200: PractitionerActivity, ...problemsOf('not-found') },
  },
}

/** The other way round: from a practitioner to the people who wait. */
export const practitionerProposalRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/practitioners/:id/waiting-patients', waiting, ({ params: { id }, query, actor }) =>
    findWaitingPatients(deps, actor, id, query),
  )
  app.get('/practitioners/:id/activity', activity, ({ params: { id }, actor }) => readActivity(deps, actor, id))
}
