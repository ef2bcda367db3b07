import { PatientIdentity, RecordIdentity, RevealedHealthId } from '@maillage/contracts/coordination/patient-identity'
import { PatientId } from '@maillage/contracts/kit/ids'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { type PatientIdentityDeps, recordIdentity, revealHealthId, showIdentity } from './identity.ts'

const tags = ['patients']
// Health data, so no administrator; the doctor of a patient asks the national service themselves.
const config = { access: ['coordinator'] } as const
const params = z.object({ id: PatientId })

const show = {
  config,
  schema: {
    tags,
    summary: 'Read how sure a patient’s identity is; the number by its last digits alone',
    params,
    response: { 200: PatientIdentity, ...problemsOf('not-found') },
  },
}
const record = {
  config,
  schema: {
    tags,
    summary: 'Record how sure a patient’s identity is, with the national health number when it is qualified',
    params,
    body: RecordIdentity,
    response: {
      200: PatientIdentity,
      ...problemsOf('not-found', 'version-stale', 'record-merged', 'number-of-another'),
    },
  },
}
const reveal = {
  config,
  schema: {
    tags,
    summary: 'Read a national health number in full; a POST, because it leaves a line of its own in the trail',
    params,
    response: { 200: RevealedHealthId, ...problemsOf('not-found') },
  },
}

/** HTTP ↔ the identity of the people whose care is coordinated, sealed where it is kept. */
export const patientIdentityRoutes: FastifyPluginAsyncZod<PatientIdentityDeps> = async (app, deps) => {
  app.get('/patients/:id/identity', show, ({ params: { id }, actor }) => showIdentity(deps, actor, id))
  app.put('/patients/:id/identity', record, ({ params: { id }, body, actor }) => recordIdentity(deps, actor, id, body))
  app.post('/patients/:id/identity/reveal', reveal, ({ params: { id }, actor }) => revealHealthId(deps, actor, id))
}
