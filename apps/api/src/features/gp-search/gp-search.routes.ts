import { CaseParams } from '@maillage/contracts/cases'
import { ChangeGpSearchDetails, GpSearch, MoveGpSearch, OpenGpSearch } from '@maillage/contracts/gp-search'
import { pageOf } from '@maillage/contracts/kit/page'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../kernel/actor.ts'
import { CaseListQuery, listVisibleCases } from '../../kernel/case-list.ts'
import type { Deps } from '../../kernel/context.ts'
import { openFile } from '../../kernel/open-file.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { changeGpSearchDetails } from './change-gp-search-details.ts'
import { toGpSearch, toGpSearches } from './gp-search.view.ts'
import { moveInHousehold } from './household/move-in-household.ts'
import { openGpSearch } from './open-gp-search.ts'

const tags = ['gp-searches']
const everybody = ['coordinator', 'practitioner', 'requester'] as const
// A secretary follows what their doctors accepted: they open nothing and rewrite nothing.
const followers = [...everybody, 'secretary'] as const

// What each route takes, answers and refuses; the handlers below are one line each.
const open = {
  config: { access: everybody, idempotent: true },
  schema: {
    tags,
    summary: 'Open a search for a médecin traitant',
    body: OpenGpSearch,
    response: { 201: GpSearch, ...problemsOf('duplicate-suspected', 'already-open', 'idempotency-conflict') },
  },
}
const list = {
  config: { access: followers },
  schema: {
    tags,
    summary: 'List the searches that the caller may see',
    querystring: CaseListQuery,
    response: { 200: pageOf(GpSearch) },
  },
}
const read = {
  config: { access: followers },
  schema: {
    tags,
    summary: 'Read a search',
    params: CaseParams,
    response: { 200: GpSearch, ...problemsOf('not-found') },
  },
}
const change = {
  config: { access: everybody },
  schema: {
    tags,
    summary: 'Replace the details of a search',
    params: CaseParams,
    body: ChangeGpSearchDetails,
    response: { 200: GpSearch, ...problemsOf('not-found', 'role-may-not', 'case-changed', 'wrong-status') },
  },
}
const move = {
  config: { access: followers },
  schema: {
    tags,
    summary: 'Move a search: one transition of its machine',
    params: CaseParams,
    body: MoveGpSearch,
    response: {
      200: GpSearch,
      ...problemsOf(
        'not-found',
        'role-may-not',
        'delegation-ended',
        'case-changed',
        'wrong-status',
        'reason-required',
        'municipality-outside-territory',
        'reopening-too-late',
        'household-scope-required',
      ),
    },
  },
}

/** HTTP ↔ acts of the search for a médecin traitant. */
export const gpSearchRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const view = (db: Db, actor: Actor, row: CaseRow) => toGpSearch(db, actor, deps.kinds, row)
  const answer = (actor: Actor, row: CaseRow) => deps.db.read(actor.cptsId, (db) => view(db, actor, row))

  app.post('/gp-searches', open, async ({ body, actor }, reply) => {
    const row = await openGpSearch(deps, actor, body)
    return reply
      .code(201)
      .header('location', `/api/v1/gp-searches/${row.id}`)
      .send(await answer(actor, row))
  })
  app.get('/gp-searches', list, ({ query, actor }) =>
    deps.db.read(actor.cptsId, (db) =>
      listVisibleCases(db, actor, { kind: 'gp-search', now: deps.now(), ...query }, (rows) =>
        toGpSearches(db, actor, deps.kinds, rows),
      ),
    ),
  )
  app.get('/gp-searches/:id', read, ({ params, actor }) =>
    deps.db.read(actor.cptsId, async (db) => {
      const row = await openFile(db, actor, { id: params.id, kind: 'gp-search' }, deps.now())
      return view(db, actor, row)
    }),
  )
  app.put('/gp-searches/:id/details', change, async ({ params, body, actor }) =>
    answer(actor, await changeGpSearchDetails(deps, actor, { ...params, ...body })),
  )
  app.post('/gp-searches/:id/moves', move, async ({ params, body, actor }) =>
    answer(actor, await moveInHousehold(deps, actor, params.id, body)),
  )
}
