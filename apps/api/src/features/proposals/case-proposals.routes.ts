import { Candidates, CandidatesQuery } from '@maillage/contracts/candidates'
import { type CaseKindName, CaseParams } from '@maillage/contracts/cases'
import { Propose, Proposed } from '@maillage/contracts/proposals'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import { getCase } from '../../kernel/case.store.ts'
import { describeCase } from '../../kernel/case-view.ts'
import type { Deps } from '../../kernel/context.ts'
import { describeProposals } from '../../kernel/proposals/proposal-view.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { findCandidates } from './candidates/find-candidates.ts'
import { propose } from './propose.ts'

const tags = ['proposals']
const access = ['coordinator'] as const

const candidates = {
  config: { access },
  schema: {
    tags,
    summary: 'Who may be proposed this case, ranked with reasons',
    params: CaseParams,
    querystring: CandidatesQuery,
    response: { 200: Candidates, ...problemsOf('not-found') },
  },
}
const send = {
  config: { access, idempotent: true },
  schema: {
    tags,
    summary: 'Propose a case, or one need of it',
    params: CaseParams,
    body: Propose,
    response: {
      201: Proposed,
      ...problemsOf(
        'not-found',
        'case-changed',
        'wrong-status',
        'proposal-already-live',
        'practitioner-not-eligible',
        'identity-in-preview',
        'idempotency-conflict',
      ),
    },
  },
}

/** Candidates and proposals under each kind's own path; one line a kind. */
const paths = {
  'gp-search': '/gp-searches',
  'unscheduled-care': '/unscheduled-cares',
  'hospital-discharge': '/hospital-discharges',
} as const satisfies Record<CaseKindName, string>

export const caseProposalRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  for (const [kind, path] of Object.entries(paths)) {
    // Object.entries widens the keys of a record whose keys are the kinds.
    const name = kind as CaseKindName
    app.get(`${path}/:id/candidates`, candidates, ({ params, query, actor }) =>
      deps.db.read(actor.cptsId, async (db) => {
        const row = await getCase(db, actor, { id: params.id, kind: name })
        const { needId = null, relax = [], withinKm = null, limit } = query
        const calendar = await loadCalendar(db, actor.cptsId)
        const context = { actor, now: deps.now(), calendar, kinds: deps.kinds }
        return findCandidates(db, context, row, { needId, relaxed: { relax, withinKm }, limit })
      }),
    )
    app.post(`${path}/:id/proposals`, send, async ({ params, body, actor }, reply) => {
      await propose(deps, actor, { kind: name, id: params.id }, body)
      const answer = await deps.db.read(actor.cptsId, async (db) => {
        const row = await getCase(db, actor, { id: params.id })
        return { items: await describeProposals(db, row), case: await describeCase(db, actor, deps.kinds, row) }
      })
      return reply.code(201).send(answer)
    })
  }
}
