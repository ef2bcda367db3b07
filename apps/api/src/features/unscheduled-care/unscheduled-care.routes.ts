import { CaseParams } from '@maillage/contracts/cases'
import { pageOf } from '@maillage/contracts/kit/page'
import {
  ChangeUnscheduledCareDetails,
  LinkedGpSearch,
  MoveUnscheduledCare,
  OpenLinkedGpSearch,
  OpenUnscheduledCare,
  UnscheduledCare,
} from '@maillage/contracts/unscheduled-care'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../kernel/actor.ts'
import { CaseListQuery, listVisibleCases } from '../../kernel/case-list.ts'
import type { Deps } from '../../kernel/context.ts'
import { openFile } from '../../kernel/open-file.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { changeUnscheduledCareDetails } from './change-unscheduled-care-details.ts'
import { moveUnscheduledCare } from './move-unscheduled-care.ts'
import { openLinkedGpSearch } from './open-linked-gp-search.ts'
import { openUnscheduledCare } from './open-unscheduled-care.ts'
import { describeRequest, describeRequests } from './unscheduled-care.view.ts'

const tags = ['unscheduled-cares']
const everybody = ['coordinator', 'practitioner', 'requester', 'hospital_staff'] as const

// What each route takes, answers and refuses; the handlers below are one line each.
const open = {
  config: { access: everybody, idempotent: true },
  schema: {
    tags,
    summary: 'Open a request for unscheduled care; a red flag answers 201 with the numbers to call',
    body: OpenUnscheduledCare,
    response: { 201: UnscheduledCare, ...problemsOf('duplicate-suspected', 'idempotency-conflict') },
  },
}
const list = {
  config: { access: everybody },
  schema: {
    tags,
    summary: 'List the requests that the caller may see',
    querystring: CaseListQuery,
    response: { 200: pageOf(UnscheduledCare) },
  },
}
const read = {
  config: { access: everybody },
  schema: {
    tags,
    summary: 'Read a request',
    params: CaseParams,
    response: { 200: UnscheduledCare, ...problemsOf('not-found') },
  },
}
const change = {
  config: { access: everybody },
  schema: {
    tags,
    summary: 'Replace the details of a request',
    params: CaseParams,
    body: ChangeUnscheduledCareDetails,
    response: { 200: UnscheduledCare, ...problemsOf('not-found', 'role-may-not', 'case-changed', 'wrong-status') },
  },
}
const move = {
  config: { access: everybody },
  schema: {
    tags,
    summary: 'Move a request: one transition of its machine',
    params: CaseParams,
    body: MoveUnscheduledCare,
    response: {
      200: UnscheduledCare,
      ...problemsOf('not-found', 'role-may-not', 'case-changed', 'wrong-status', 'reason-required'),
    },
  },
}
const openSearch = {
  config: { access: ['coordinator'] as const, idempotent: true },
  schema: {
    tags,
    summary: 'Open the search for a médecin traitant of the same patient, linked',
    params: CaseParams,
    body: OpenLinkedGpSearch,
    response: {
      201: LinkedGpSearch,
      ...problemsOf('not-found', 'case-changed', 'wrong-status', 'idempotency-conflict'),
    },
  },
}

/** HTTP ↔ acts of unscheduled care. */
export const unscheduledCareRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const answer = (actor: Actor, row: CaseRow) =>
    deps.db.read(actor.cptsId, (db) => describeRequest(db, actor, deps, row))

  app.post('/unscheduled-cares', open, async ({ body, actor }, reply) => {
    const row = await openUnscheduledCare(deps, actor, body)
    return reply
      .code(201)
      .header('location', `/api/v1/unscheduled-cares/${row.id}`)
      .send(await answer(actor, row))
  })
  app.get('/unscheduled-cares', list, ({ query, actor }) =>
    deps.db.read(actor.cptsId, (db) =>
      listVisibleCases(db, actor, { kind: 'unscheduled-care', now: deps.now(), ...query }, (rows) =>
        describeRequests(db, actor, deps, rows),
      ),
    ),
  )
  app.get('/unscheduled-cares/:id', read, ({ params, actor }) =>
    deps.db.read(actor.cptsId, async (db) => {
      const row = await openFile(db, actor, { id: params.id, kind: 'unscheduled-care' }, deps.now())
      return describeRequest(db, actor, deps, row)
    }),
  )
  app.put('/unscheduled-cares/:id/details', change, async ({ params, body, actor }) =>
    answer(actor, await changeUnscheduledCareDetails(deps, actor, { ...params, ...body })),
  )
  app.post('/unscheduled-cares/:id/moves', move, async ({ params, body, actor }) =>
    answer(actor, await moveUnscheduledCare(deps, actor, params.id, body)),
  )
  app.post('/unscheduled-cares/:id/gp-search', openSearch, async ({ params, body, actor }, reply) => {
    const { id, kind, reference, status, priority } = await openLinkedGpSearch(deps, actor, { ...params, ...body })
    const search = { id, kind, reference, status, band: priority.band }
    return reply.code(201).header('location', `/api/v1/gp-searches/${id}`).send(search)
  })
}
