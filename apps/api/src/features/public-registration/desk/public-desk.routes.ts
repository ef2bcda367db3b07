import {
  ChangePublicDesk,
  InformationNotices,
  PublicDesk,
  PublishNotice,
} from '@maillage/contracts/coordination/public-registration'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../../kernel/context.ts'
import { problemsOf } from '../../../platform/http/problem-responses.ts'
import { changePublicDesk, publishNotice, readNotices } from './change-public-desk.ts'
import { getPublicDesk } from './public-desk.store.ts'

const tags = ['public-registration']
const readers = ['administrator', 'coordinator'] as const

const read = {
  config: { access: readers },
  schema: { tags, summary: 'Read what the CPTS tells the public of itself', response: { 200: PublicDesk } },
}
const change = {
  config: { access: ['administrator'] as const },
  schema: {
    tags,
    summary: 'Change what the CPTS tells the public of itself',
    body: ChangePublicDesk,
    response: { 200: PublicDesk, ...problemsOf('version-stale') },
  },
}
const list = {
  config: { access: readers },
  schema: {
    tags,
    summary: 'List the texts on what is done with data, the one that stands first',
    response: { 200: InformationNotices },
  },
}
const publish = {
  config: { access: ['administrator'] as const },
  schema: {
    tags,
    summary: 'Publish a text on what is done with data',
    body: PublishNotice,
    response: { 201: InformationNotices, ...problemsOf('version-stale') },
  },
}

/** HTTP ↔ what the public pages say of a CPTS: its number, its hours, its information notice. */
export const publicDeskRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/public-desk', read, ({ actor }) => deps.db.read(actor.cptsId, (db) => getPublicDesk(db, actor.cptsId)))
  app.put('/public-desk', change, ({ actor, body }) => changePublicDesk(deps, actor, body))
  app.get('/information-notices', list, ({ actor }) =>
    deps.db.read(actor.cptsId, (db) => readNotices(db, actor.cptsId)),
  )
  app.post('/information-notices', publish, async ({ actor, body }, reply) =>
    reply.code(201).send(await publishNotice(deps, actor, body)),
  )
}
