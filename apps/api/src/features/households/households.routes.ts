import { PatientId } from '@maillage/contracts/kit/ids'
import { JoinHousehold, LeaveHousehold, Patient } from '@maillage/contracts/patients'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Deps } from '../../kernel/context.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { joinPatientHousehold, leavePatientHousehold } from './change-household.ts'

const tags = ['patients']
const config = { access: ['coordinator'] } as const
const params = z.object({ id: PatientId })

const join = {
  config,
  schema: {
    tags,
    summary: 'Say that somebody lives with this patient; two households become one',
    params,
    body: JoinHousehold,
    response: { 200: Patient, ...problemsOf('not-found', 'version-stale', 'record-merged') },
  },
}
const leave = {
  config,
  schema: {
    tags,
    summary: 'Say that this patient no longer lives with the others',
    params,
    body: LeaveHousehold,
    response: { 200: Patient, ...problemsOf('not-found', 'version-stale', 'household-searches-together') },
  },
}

/** HTTP ↔ those who live together. */
export const householdRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.post('/patients/:id/household-members', join, ({ params: { id }, body, actor }) =>
    joinPatientHousehold(deps, actor, id, body),
  )
  app.post('/patients/:id/household-leave', leave, ({ params: { id }, body, actor }) =>
    leavePatientHousehold(deps, actor, id, body),
  )
}
