import { HandOver, HandOverQuery } from '@maillage/contracts/coordination/hand-over'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import { coordinatorName } from '../../kernel/coordination/coordinators.ts'
import { recordAudit } from '../../kernel/record/audit.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { problem } from '../../platform/problem-error.ts'
import { listLiveProposals, listNotes } from './hand-over.store.ts'

const dayMs = 86_400_000

const read = {
  config: { access: ['coordinator'] },
  schema: {
    tags: ['worklist'],
    summary: 'Read what a colleague must know of a coordinator’s open cases: live proposals, and recent notes',
    querystring: HandOverQuery,
    response: { 200: HandOver, ...problemsOf('not-found') },
  },
} as const

/** HTTP ↔ the hand-over; its cases are a page of the queue, its callbacks a page of theirs. */
export const handOverRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const answer = (actor: Actor, { owner, days }: HandOverQuery): Promise<HandOver> =>
    deps.db.read(actor.cptsId, async (db) => {
      const id = owner ?? actor.accountId
      const displayName = id && (await coordinatorName(db, actor, id))
      if (!id || !displayName) throw problem('not-found')
      const since = new Date(deps.now().getTime() - days * dayMs)
      const found = {
        owner: { id, displayName },
        proposals: await listLiveProposals(db, actor.cptsId, id),
        notes: await listNotes(db, actor.cptsId, id, since),
      }
      const shown = [...found.proposals, ...found.notes].map(({ caseId }) => caseId)
      await recordAudit(db, actor, { action: 'hand-over.read', at: deps.now(), shown })
      return found
    })
  app.get('/hand-over', read, ({ query, actor }) => answer(actor, query))
}
