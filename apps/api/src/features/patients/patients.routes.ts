import { PatientId } from '@maillage/contracts/kit/ids'
import { soughtPageOf } from '@maillage/contracts/kit/page'
import { ChangePatient, Patient, PatientFound, SearchPatients } from '@maillage/contracts/patients'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Deps } from '../../kernel/context.ts'
import type { IdentityDeps } from '../../kernel/patients/patient-identity.store.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { changePatient } from './change-patient.ts'
import { searchPatients } from './patient.store.ts'
import { readPatient } from './read-patient.ts'

const tags = ['patients']
const config = { access: ['coordinator'] } as const
const params = z.object({ id: PatientId })

const search = {
  config,
  schema: {
    tags,
    summary:
      'Find patients by name, phone, birth date, reference or health number; a POST, because a name may be typed',
    body: SearchPatients,
    response: { 200: soughtPageOf(PatientFound) },
  },
}
const read = {
  config,
  schema: { tags, summary: 'Open a patient’s file', params, response: { 200: Patient, ...problemsOf('not-found') } },
}
const change = {
  config,
  schema: {
    tags,
    summary: 'Replace a patient’s description',
    params,
    body: ChangePatient,
    response: { 200: Patient, ...problemsOf('not-found', 'version-stale', 'record-merged') },
  },
}

/** HTTP ↔ the people whose care is coordinated. */
export const patientRoutes: FastifyPluginAsyncZod<Deps & Pick<IdentityDeps, 'fieldCipher'>> = async (app, deps) => {
  app.post('/patients/search', search, ({ body, actor }) =>
    deps.db.read(actor.cptsId, async (db) => {
      const found = await searchPatients(db, { cptsId: actor.cptsId, now: deps.now(), cipher: deps.fieldCipher }, body)
      const shown = found.items.map(({ id }) => id)
      await recordAudit(db, actor, { action: 'patient.search', at: deps.now(), shown })
      return found
    }),
  )
  app.get('/patients/:id', read, ({ params: { id }, actor }) => readPatient(deps, actor, id))
  app.put('/patients/:id', change, ({ params: { id }, body, actor }) => changePatient(deps, actor, id, body))
}
