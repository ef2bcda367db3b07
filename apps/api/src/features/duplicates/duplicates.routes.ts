import {
  CompareRecords,
  DismissDuplicate,
  DuplicateComparison,
  DuplicateListQuery,
  DuplicatePair,
  DuplicateSummary,
  MergeRecords,
  PatientMerge,
  PatientMergeQuery,
} from '@maillage/contracts/coordination/duplicates'
import { DuplicateId, PatientMergeId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { readRecorded } from '../../kernel/record/audit.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { compareByHand, keepApart, reconsider } from './decide-duplicate.ts'
import { countSuspected, listPairs } from './duplicates.store.ts'
import { type MergeDeps, mergeRecords } from './merge-records.ts'
import { listMerges } from './merges.store.ts'
import { readComparison } from './read-duplicates.ts'
import { undoMerge } from './undo-merge.ts'

const tags = ['patients']
const config = { access: ['coordinator'] } as const
const params = z.object({ id: DuplicateId })
const mergeParams = z.object({ id: PatientMergeId })
const decided = { 200: DuplicatePair, ...problemsOf('not-found', 'version-stale', 'record-merged') }

const list = {
  config,
  schema: {
    tags,
    summary: 'List pairs of records that may be one person, the most alike first',
    querystring: DuplicateListQuery,
    response: { 200: pageOf(DuplicatePair) },
  },
}
const count = {
  config,
  schema: { tags, summary: 'Count the pairs that nobody looked at yet', response: { 200: DuplicateSummary } },
}
const compare = {
  config,
  schema: {
    tags,
    summary: 'Put two records side by side that one found alike oneself',
    body: CompareRecords,
    response: { 200: DuplicatePair, ...problemsOf('not-found', 'record-merged') },
  },
}
const read = {
  config,
  schema: {
    tags,
    summary: 'Read both records of a pair side by side',
    params,
    response: { 200: DuplicateComparison, ...problemsOf('not-found') },
  },
}
const dismiss = {
  config,
  schema: {
    tags,
    summary: 'Say that they are two people; the pair does not come back',
    params,
    body: DismissDuplicate,
    response: decided,
  },
}
const consider = {
  config,
  schema: { tags, summary: 'Look at a pair again after all', params, body: DismissDuplicate, response: decided },
}
const merge = {
  config: { ...config, idempotent: true },
  schema: {
    tags,
    summary: 'Make one record of two; undone within thirty days',
    params,
    body: MergeRecords,
    response: {
      201: PatientMerge,
      ...problemsOf(
        'not-found',
        'version-stale',
        'record-merged',
        'two-open-searches',
        'wrong-status',
        'numbers-differ',
      ),
    },
  },
}
const merges = {
  config,
  schema: {
    tags,
    summary: 'List the merges, the newest first',
    querystring: PatientMergeQuery,
    response: { 200: pageOf(PatientMerge) },
  },
}
const undo = {
  config,
  schema: {
    tags,
    summary: 'Part two records that were merged',
    params: mergeParams,
    response: { 200: PatientMerge, ...problemsOf('not-found', 'merge-not-undoable') },
  },
}

/** HTTP ↔ records that may be one person. */
export const duplicateRoutes: FastifyPluginAsyncZod<MergeDeps> = async (app, deps) => {
  app.get('/duplicates', list, ({ query, actor }) =>
    readRecorded(
      deps.db,
      actor,
      {
        action: 'duplicate.list',
        at: deps.now(),
        shownBy: ({ items }: { items: readonly DuplicatePair[] }) =>
          items.flatMap(({ people }) => people.map(({ id }) => id)),
      },
      (db) => listPairs(db, actor.cptsId, query),
    ),
  )
  app.get('/duplicates/count', count, ({ actor }) =>
    deps.db.read(actor.cptsId, async (db) => ({ suspected: await countSuspected(db, actor.cptsId) })),
  )
  app.post('/duplicates', compare, ({ body, actor }) => compareByHand(deps, actor, body.patientIds))
  app.get('/duplicates/:id', read, ({ params: { id }, actor }) => readComparison(deps, actor, id))
  app.post('/duplicates/:id/dismissal', dismiss, ({ params: { id }, body, actor }) =>
    keepApart(deps, actor, id, body.version),
  )
  app.post('/duplicates/:id/reconsideration', consider, ({ params: { id }, body, actor }) =>
    reconsider(deps, actor, id, body.version),
  )
  app.post('/duplicates/:id/merge', merge, async ({ params: { id }, body, actor }, reply) => {
    const made = await mergeRecords(deps, actor, id, body)
    return reply.code(201).send(made)
  })
  app.get('/patient-merges', merges, ({ query, actor }) =>
    readRecorded(
      deps.db,
      actor,
      {
        action: 'patient-merge.list',
        at: deps.now(),
        shownBy: ({ items }: { items: readonly PatientMerge[] }) =>
          items.flatMap(({ keptId, mergedId }) => [keptId, mergedId]),
      },
      (db) => listMerges(db, { cptsId: actor.cptsId, now: deps.now() }, query),
    ),
  )
  app.post('/patient-merges/:id/undo', undo, ({ params: { id }, actor }) => undoMerge(deps, actor, id))
}
