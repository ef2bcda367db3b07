import { CaseParams } from '@maillage/contracts/cases'
import { RevalidationCampaignId } from '@maillage/contracts/kit/ids'
import { pageOf } from '@maillage/contracts/kit/page'
import {
  AnswerRevalidation,
  CampaignPart,
  CampaignPreview,
  ConfirmSearch,
  LettersPosted,
  PostLetters,
  ReasonsQuery,
  ReasonsReport,
  RevalidationKept,
  RevalidationOverview,
  RevalidationParams,
  SearchConfirmed,
  ToReach,
  ToReachQuery,
  UndoRevalidationAnswer,
} from '@maillage/contracts/revalidation'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import { readRecorded } from '../../kernel/record/audit.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { answerAsking, confirmOnCase, postLetters, undoAnswer } from './answer-asking.ts'
import { previewCampaign, startCampaign } from './campaign.ts'
import { readOverview } from './overview.store.ts'
import { readReasons } from './reasons.store.ts'
import type { RevalidationDeps } from './searches.ts'
import { listToReach } from './to-reach.store.ts'

const tags = ['revalidation']
const config = { access: ['coordinator'] } as const
const params = RevalidationParams
const kept = { 200: RevalidationKept, ...problemsOf('not-found', 'version-stale', 'wrong-status', 'case-changed') }

const overview = {
  config,
  schema: { tags, summary: 'How far the asking of those who wait went', response: { 200: RevalidationOverview } },
}
const preview = {
  config,
  schema: {
    tags,
    summary: 'Count whom a campaign would ask, by channel',
    querystring: CampaignPart,
    response: { 200: CampaignPreview },
  },
}
const start = {
  config: { ...config, idempotent: true },
  schema: {
    tags,
    summary: 'Ask a part of the list now whether it still searches',
    body: CampaignPart,
    response: { 201: z.object({ id: RevalidationCampaignId, asked: z.int() }) },
  },
}
const toReach = {
  config,
  schema: {
    tags,
    summary: 'List those to call or to write to, who waits longest for it first',
    querystring: ToReachQuery,
    response: { 200: pageOf(ToReach) },
  },
}
const answer = {
  config,
  schema: {
    tags,
    summary: 'Write down an answer, or that nobody answered',
    params,
    body: AnswerRevalidation,
    response: {
      200: RevalidationKept,
      ...problemsOf('not-found', 'version-stale', 'wrong-status', 'case-changed', 'household-scope-required'),
    },
  },
}
const undo = {
  config,
  schema: { tags, summary: 'Take the last answer back', params, body: UndoRevalidationAnswer, response: kept },
}
const letters = {
  config: { ...config, idempotent: true },
  schema: {
    tags,
    summary: 'Say that letters were posted',
    body: PostLetters,
    response: { 200: LettersPosted, ...problemsOf('not-found') },
  },
}
const confirm = {
  config,
  schema: {
    tags,
    summary: 'Write down on a case that its patient still searches',
    params: CaseParams,
    body: ConfirmSearch,
    response: { 200: SearchConfirmed, ...problemsOf('not-found', 'case-changed', 'wrong-status') },
  },
}
const reasons = {
  config: { access: ['coordinator', 'administrator'] as const },
  schema: {
    tags,
    summary: 'How searches came in and how they ended in a period; nobody is named',
    querystring: ReasonsQuery,
    response: { 200: ReasonsReport },
  },
}

/** A campaign lasts six weeks at most, and is read for some months. */
const shownMs = 183 * 86_400_000

/** HTTP ↔ asking those who wait whether they still search. */
export const revalidationRoutes: FastifyPluginAsyncZod<RevalidationDeps> = async (app, deps) => {
  const { db, now } = deps
  app.get('/revalidation', overview, ({ actor }) =>
    db.read(actor.cptsId, (reader) => readOverview(reader, actor.cptsId, new Date(now().getTime() - shownMs))),
  )
  app.get('/revalidation-campaigns/preview', preview, ({ query, actor }) => previewCampaign(deps, actor, query))
  app.post('/revalidation-campaigns', start, async ({ body, actor }, reply) =>
    reply.code(201).send(await startCampaign(deps, actor, body)),
  )
  // Names and phones of many people at once: the reading leaves its line.
  app.get('/revalidations', toReach, ({ query, actor }) =>
    readRecorded(
      db,
      actor,
      {
        action: 'revalidation.list',
        at: now(),
        shownBy: ({ items }: { items: readonly ToReach[] }) => items.map(({ caseId }) => caseId),
      },
      (reader) => listToReach(reader, actor.cptsId, query),
    ),
  )
  app.post('/revalidations/:id/answer', answer, ({ params: { id }, body, actor }) =>
    answerAsking(deps, actor, id, body),
  )
  app.post('/revalidations/:id/undo', undo, ({ params: { id }, body, actor }) =>
    undoAnswer(deps, actor, id, body.version),
  )
  app.post('/revalidation-letters', letters, async ({ body, actor }) => ({
    posted: await postLetters(deps, actor, body.ids),
  }))
  app.post('/gp-searches/:id/still-searching', confirm, ({ params: { id }, body, actor }) =>
    confirmOnCase(deps, actor, id, body.version),
  )
  app.get('/search-reasons', reasons, ({ query, actor }) =>
    db.read(actor.cptsId, async (reader) => {
      const { timeZone } = await loadCalendar(reader, actor.cptsId)
      return readReasons(reader, actor.cptsId, query, timeZone)
    }),
  )
}
