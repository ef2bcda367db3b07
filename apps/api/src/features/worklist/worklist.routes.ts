import { pageOf, soughtPageOf } from '@maillage/contracts/kit/page'
import {
  WorklistCounts,
  WorklistItem,
  WorklistQuery,
  WorklistRows,
  WorklistRowsFound,
  WorklistSearch,
} from '@maillage/contracts/worklist'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type * as z from 'zod'
import type { Actor } from '../../kernel/actor.ts'
import type { Deps } from '../../kernel/context.ts'
import type { IdentityDeps } from '../../kernel/patients/patient-identity.store.ts'
import { readRecorded } from '../../kernel/record/audit.ts'
import type { Db } from '../../platform/db/database.ts'
import { nameOfPage } from '../../platform/http/kept-pages.ts'
import { notChanged } from '../../platform/http/problem-responses.ts'
import type { ChangeMarks } from '../../platform/live/change-marks.ts'
import { findWorklistRows, listWorklist, searchWorklist } from './worklist.store.ts'
import { countWorklist } from './worklist-counts.store.ts'

const tags = ['worklist']
const config = { access: ['coordinator'] } as const
const page = pageOf(WorklistItem)

const list = {
  config,
  schema: {
    tags,
    summary: 'Read the queue over the three kinds; without a status, the open cases',
    description:
      'Roles: coordinator. A page that no clock narrows bears an `ETag`; sent back as `If-None-Match`, it is answered 304 while nothing that the page shows has changed. Not to be sent after a change that one made oneself or was told of.',
    querystring: WorklistQuery,
    response: { 200: page, 304: notChanged },
  },
}
const search = {
  config,
  schema: {
    tags,
    summary: 'Read the queue of whom was typed: a name, a phone, a birth date, a reference or a health number',
    body: WorklistSearch,
    response: { 200: soughtPageOf(WorklistItem) },
  },
}
const rows = {
  config,
  schema: {
    tags,
    summary: 'Read some rows of the queue by their cases, among those that the filters let through',
    body: WorklistRows,
    response: { 200: WorklistRowsFound },
  },
}
const counts = {
  config,
  schema: { tags, summary: 'Count what is open, late, due today and unmet', response: { 200: WorklistCounts } },
}

export interface WorklistDeps extends Deps, Pick<IdentityDeps, 'fieldCipher'> {
  readonly marks: Pick<ChangeMarks, 'markOf'>
  /** The program that answers, by its content. */
  readonly build: string
}

/** HTTP ↔ the queue: reads only, each recorded. */
export const worklistRoutes: FastifyPluginAsyncZod<WorklistDeps> = async (app, deps) => {
  const about = (actor: Parameters<typeof countWorklist>[1]) => ({ actor, kinds: deps.kinds, now: deps.now() })
  // A page names patients: whoever reads one leaves a line, which says whose cases it showed and never what was typed.
  const shownBy = ({ items }: Pick<z.infer<typeof page>, 'items'>) => items.map(({ id }) => id)
  const read = <T extends Parameters<typeof shownBy>[0]>(actor: Actor, action: string, work: (db: Db) => Promise<T>) =>
    readRecorded(deps.db, actor, { action, at: deps.now(), shownBy }, work)
  app.get('/worklist', list, async ({ query, actor, headers }, reply) => {
    // Time alone changes what is late or due today. The mark is taken before the page is read, never after.
    const mark = query.due ? undefined : deps.marks.markOf(actor.cptsId)
    const name = nameOfPage({ actor, mark, build: deps.build, query })
    // It shows nothing that its reader was not shown before, when a line was left.
    if (name && headers['if-none-match'] === name) return reply.code(304).header('etag', name).send(null)
    const found = await read(actor, 'worklist.read', listWorklist(about(actor), query))
    if (name) reply.header('etag', name)
    return found
  })
  app.post('/worklist/search', search, ({ body, actor }) =>
    read(actor, 'worklist.search', searchWorklist({ ...about(actor), cipher: deps.fieldCipher }, body)),
  )
  app.post('/worklist/rows', rows, ({ body, actor }) =>
    read(actor, 'worklist.read', findWorklistRows(about(actor), body)),
  )
  app.get('/worklist/counts', counts, ({ actor }) =>
    deps.db.read(actor.cptsId, (db) => countWorklist(db, actor, deps.now())),
  )
}
