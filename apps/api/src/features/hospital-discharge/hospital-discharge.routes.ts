import { CaseParams } from '@maillage/contracts/cases'
import { MoveNeed, NeedParams, SaveNeed } from '@maillage/contracts/discharge-needs'
import {
  ChangeHospitalDischargeDetails,
  HospitalDischarge,
  MoveHospitalDischarge,
  OpenHospitalDischarge,
  RescheduleDischarge,
} from '@maillage/contracts/hospital-discharge'
import { pageOf } from '@maillage/contracts/kit/page'
import type { ProblemCode } from '@maillage/contracts/kit/problems'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../kernel/actor.ts'
import { CaseListQuery, listVisibleCases } from '../../kernel/case-list.ts'
import type { Deps } from '../../kernel/context.ts'
import { openFile } from '../../kernel/open-file.ts'
import type { IdentityDeps } from '../../kernel/patients/patient-identity.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { changeHospitalDischargeDetails } from './change-hospital-discharge-details.ts'
import { toHospitalDischarge, toHospitalDischarges } from './hospital-discharge.view.ts'
import { moveDischargeNeed } from './move-discharge-need.ts'
import { moveHospitalDischarge } from './move-hospital-discharge.ts'
import { openHospitalDischarge } from './open-hospital-discharge.ts'
import { rescheduleHospitalDischarge } from './reschedule-hospital-discharge.ts'
import { addDischargeNeed, changeDischargeNeed } from './save-discharge-need.ts'

const tags = ['hospital-discharges']
const readers = ['coordinator', 'hospital_staff', 'practitioner'] as const
const writers = ['coordinator', 'hospital_staff'] as const
const refusals = ['not-found', 'role-may-not', 'case-changed', 'wrong-status'] as const satisfies ProblemCode[]

// What each route takes, answers and refuses; the handlers below are one line each.
const open = {
  config: { access: writers, idempotent: true },
  schema: {
    tags,
    summary: 'Open a discharge in the CPTS of the stay’s municipality',
    body: OpenHospitalDischarge,
    response: {
      201: HospitalDischarge,
      ...problemsOf(
        'duplicate-suspected',
        'already-open',
        'idempotency-conflict',
        'not-enough-needs',
        'municipality-not-covered',
        'numbers-differ',
      ),
    },
  },
}
const list = {
  config: { access: readers },
  schema: {
    tags,
    summary: 'List the discharges that the caller may see',
    querystring: CaseListQuery,
    response: { 200: pageOf(HospitalDischarge) },
  },
}
const read = {
  config: { access: readers },
  schema: {
    tags,
    summary: 'Read a discharge',
    params: CaseParams,
    response: { 200: HospitalDischarge, ...problemsOf('not-found') },
  },
}
const change = {
  config: { access: writers },
  schema: {
    tags,
    summary: 'Replace the details of a discharge',
    params: CaseParams,
    body: ChangeHospitalDischargeDetails,
    response: { 200: HospitalDischarge, ...problemsOf(...refusals) },
  },
}
const move = {
  config: { access: readers },
  schema: {
    tags,
    summary: 'Move a discharge: one transition of its machine',
    params: CaseParams,
    body: MoveHospitalDischarge,
    response: {
      200: HospitalDischarge,
      ...problemsOf(...refusals, 'reason-required', 'not-enough-needs', 'uncovered-not-acknowledged'),
    },
  },
}
const addNeed = {
  config: { access: writers },
  schema: {
    tags,
    summary: 'Add a need to a discharge',
    params: CaseParams,
    body: SaveNeed,
    response: { 201: HospitalDischarge, ...problemsOf(...refusals) },
  },
}
const changeNeed = {
  config: { access: writers },
  schema: {
    tags,
    summary: 'Replace what a need asks for',
    params: NeedParams,
    body: SaveNeed,
    response: { 200: HospitalDischarge, ...problemsOf(...refusals) },
  },
}
const moveNeed = {
  config: { access: writers },
  schema: {
    tags,
    summary: 'Move a need: one transition of its machine',
    params: NeedParams,
    body: MoveNeed,
    response: { 200: HospitalDischarge, ...problemsOf(...refusals) },
  },
}
const reschedule = {
  config: { access: writers },
  schema: {
    tags,
    summary: 'Move the date of a discharge',
    params: CaseParams,
    body: RescheduleDischarge,
    response: { 200: HospitalDischarge, ...problemsOf(...refusals, 'reason-required') },
  },
}

/** HTTP ↔ acts of the discharge from hospital. */
export const hospitalDischargeRoutes: FastifyPluginAsyncZod<Deps & IdentityDeps> = async (app, deps) => {
  const view = (db: Db, actor: Actor, row: CaseRow) => toHospitalDischarge(db, actor, deps.kinds, row)
  const answer = (actor: Actor, row: CaseRow) => deps.db.read(actor.cptsId, (db) => view(db, actor, row))

  app.post('/hospital-discharges', open, async ({ body, actor }, reply) => {
    const opened = await openHospitalDischarge(deps, actor, body, deps)
    return reply
      .code(201)
      .header('location', `/api/v1/hospital-discharges/${opened.row.id}`)
      .send(await answer(opened.actor, opened.row))
  })
  app.get('/hospital-discharges', list, ({ query, actor }) =>
    deps.db.read(actor.cptsId, (db) =>
      listVisibleCases(db, actor, { kind: 'hospital-discharge', now: deps.now(), ...query }, (rows) =>
        toHospitalDischarges(db, actor, deps.kinds, rows),
      ),
    ),
  )
  app.get('/hospital-discharges/:id', read, ({ params, actor }) =>
    deps.db.read(actor.cptsId, async (db) => {
      const row = await openFile(db, actor, { id: params.id, kind: 'hospital-discharge' }, deps.now())
      return view(db, actor, row)
    }),
  )
  app.put('/hospital-discharges/:id/details', change, async ({ params, body, actor }) =>
    answer(actor, await changeHospitalDischargeDetails(deps, actor, { ...params, ...body })),
  )
  app.post('/hospital-discharges/:id/moves', move, async ({ params, body, actor }) =>
    answer(actor, await moveHospitalDischarge(deps, actor, params.id, body)),
  )
  app.post('/hospital-discharges/:id/needs', addNeed, async ({ params, body, actor }, reply) =>
    reply.code(201).send(await answer(actor, await addDischargeNeed(deps, actor, { ...params, ...body }))),
  )
  app.put('/hospital-discharges/:id/needs/:needId', changeNeed, async ({ params, body, actor }) =>
    answer(actor, await changeDischargeNeed(deps, actor, { ...params, ...body })),
  )
  app.post('/hospital-discharges/:id/needs/:needId/moves', moveNeed, async ({ params, body, actor }) =>
    answer(actor, await moveDischargeNeed(deps, actor, params, body)),
  )
  app.post('/hospital-discharges/:id/reschedule', reschedule, async ({ params, body, actor }) =>
    answer(actor, await rescheduleHospitalDischarge(deps, actor, { ...params, ...body })),
  )
}
