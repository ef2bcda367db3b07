import { CaseParams } from '@maillage/contracts/cases'
import {
  AddHouseholdMember,
  GpSearch,
  HouseholdSplit,
  JoinSearches,
  SplitHousehold,
} from '@maillage/contracts/gp-search'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import { problemsOf } from '../../../platform/http/problem-responses.ts'
import { toGpSearch, toGpSearches } from '../gp-search.view.ts'
import { addHouseholdMember, joinSearches } from './join-household.ts'
import { splitHousehold } from './split-household.ts'

const tags = ['gp-searches']
const config = { access: ['coordinator'] } as const
const params = CaseParams
const changed = ['not-found', 'case-changed', 'wrong-status'] as const

const add = {
  config: { ...config, idempotent: true },
  schema: {
    tags,
    summary: 'Let somebody of the household join a search',
    params,
    body: AddHouseholdMember,
    response: { 200: GpSearch, ...problemsOf(...changed, 'already-open', 'duplicate-suspected') },
  },
}
const join = {
  config,
  schema: {
    tags,
    summary: 'Make one search of two: the people of the other join this one',
    params,
    body: JoinSearches,
    response: { 200: GpSearch, ...problemsOf(...changed) },
  },
}
const split = {
  config: { ...config, idempotent: true },
  schema: {
    tags,
    summary: 'Let some of a household go on by themselves, each with their seniority',
    params,
    body: SplitHousehold,
    response: { 200: HouseholdSplit, ...problemsOf(...changed) },
  },
}

/** HTTP ↔ those who search together. */
export const householdSearchRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const answer = (actor: Actor, row: CaseRow) =>
    deps.db.read(actor.cptsId, (db) => toGpSearch(db, actor, deps.kinds, row))

  app.post('/gp-searches/:id/household-members', add, async ({ params: { id }, body, actor }) =>
    answer(actor, await addHouseholdMember(deps, actor, id, body)),
  )
  app.post('/gp-searches/:id/household-join', join, async ({ params: { id }, body, actor }) =>
    answer(actor, await joinSearches(deps, actor, id, body)),
  )
  app.post('/gp-searches/:id/household-split', split, async ({ params: { id }, body, actor }) => {
    const { row, searches } = await splitHousehold(deps, actor, id, body)
    return deps.db.read(actor.cptsId, async (db) => ({
      case: await toGpSearch(db, actor, deps.kinds, row),
      searches: await toGpSearches(db, actor, deps.kinds, searches),
    }))
  })
}
