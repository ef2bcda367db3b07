import { PageQuery, pageOf } from '@maillage/contracts/kit/page'
import {
  ChangeImportMapping,
  ImportLine,
  ImportLineQuery,
  ImportPreview,
  ImportVersion,
  WaitingListImport,
  WaitingListImportParams,
  WaitingListImportSummary,
} from '@maillage/contracts/waiting-list-imports'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { noContent, problemsOf } from '../../../platform/http/problem-responses.ts'
import { problem } from '../../../platform/problem-error.ts'
import { changeMapping } from './change-mapping.ts'
import { fileNameIn } from './file-name.ts'
import type { ListDeps } from './list-deps.ts'
import { listGivenLists, listSettledLines } from './list-imports.ts'
import { readImport, readPreview, readRejectedLines } from './read-import.ts'
import { receiveList } from './receive-list.ts'
import { forgetList, startImport, undoImport } from './start-import.ts'

const tags = ['waiting-list-imports']
const config = { access: ['coordinator'] } as const
const params = WaitingListImportParams
const one = { 200: WaitingListImport, ...problemsOf('not-found', 'version-stale', 'wrong-status') }

/** A workbook of 50,000 people holds about half of it. */
const maxUpload = 16 * 1024 * 1024

const receive = {
  config,
  bodyLimit: maxUpload,
  schema: {
    tags,
    summary: 'Give a waiting list (xlsx, xls, ods, csv); its name in Content-Disposition',
    consumes: ['application/octet-stream'],
    body: z.unknown(),
    response: { 201: WaitingListImport, ...problemsOf('too-large', 'unsupported-media-type') },
  },
}
const list = {
  config,
  schema: {
    tags,
    summary: 'List the waiting lists given, newest first',
    querystring: PageQuery,
    response: { 200: pageOf(WaitingListImportSummary) },
  },
}
const read = {
  config,
  schema: { tags, summary: 'Read a list, its columns and how far it went', params, response: one },
}
const map = {
  config,
  schema: { tags, summary: 'Decide what each column holds', params, body: ChangeImportMapping, response: one },
}
const preview = {
  config,
  schema: {
    tags,
    summary: 'What the list would give; nothing is written',
    params,
    response: { 200: ImportPreview, ...problemsOf('not-found') },
  },
}
const start = {
  config,
  schema: { tags, summary: 'Import the list, or go on with it', params, body: ImportVersion, response: one },
}
const undo = {
  config,
  schema: {
    tags,
    summary: 'Take the whole import back, within seven days',
    params,
    body: ImportVersion,
    response: one,
  },
}
const forget = {
  config,
  schema: {
    tags,
    summary: 'Forget a list that was not imported',
    params,
    response: { 204: noContent, ...problemsOf('not-found', 'wrong-status') },
  },
}
const lines = {
  config,
  schema: {
    tags,
    summary: 'What became of each line',
    params,
    querystring: ImportLineQuery,
    response: { 200: pageOf(ImportLine), ...problemsOf('not-found') },
  },
}
const rejected = {
  config,
  schema: {
    tags,
    summary: 'The refused lines, to correct and give again',
    params,
    produces: ['text/csv'],
    response: { 200: z.string(), ...problemsOf('not-found') },
  },
}

/** HTTP ↔ waiting lists given on the screen. */
export const waitingListImportRoutes: FastifyPluginAsyncZod<ListDeps> = async (app, deps) => {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  app.post('/waiting-list-imports', receive, async ({ body, headers, actor }, reply) => {
    if (!Buffer.isBuffer(body)) throw problem('unsupported-media-type')
    const fileName = fileNameIn(headers['content-disposition'])
    const id = await receiveList(deps, actor, { content: body, fileName })
    return reply
      .code(201)
      .header('location', `/api/v1/waiting-list-imports/${id}`)
      .send(await readImport(deps, actor, id))
  })
  app.get('/waiting-list-imports', list, ({ query, actor }) => listGivenLists(deps, actor, query))
  app.get('/waiting-list-imports/:id', read, ({ params: { id }, actor }) => readImport(deps, actor, id))
  app.put('/waiting-list-imports/:id/mapping', map, async ({ params: { id }, body, actor }) => {
    await changeMapping(deps, actor, id, body)
    return readImport(deps, actor, id)
  })
  app.get('/waiting-list-imports/:id/preview', preview, ({ params: { id }, actor }) => readPreview(deps, actor, id))
  app.post('/waiting-list-imports/:id/start', start, async ({ params: { id }, body, actor }) => {
    await startImport(deps, actor, { id, ...body })
    return readImport(deps, actor, id)
  })
  app.post('/waiting-list-imports/:id/undo', undo, async ({ params: { id }, body, actor }) => {
    await undoImport(deps, actor, { id, ...body })
    return readImport(deps, actor, id)
  })
  app.delete('/waiting-list-imports/:id', forget, async ({ params: { id }, actor }, reply) => {
    await forgetList(deps, actor, id)
    return reply.code(204).send(null)
  })
  app.get('/waiting-list-imports/:id/lines', lines, ({ params: { id }, query, actor }) =>
    listSettledLines(deps, actor, id, query),
  )
  app.get('/waiting-list-imports/:id/rejected-lines', rejected, async ({ params: { id }, actor }, reply) => {
    const text = await readRejectedLines(deps, actor, id)
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="lignes-refusees.csv"')
      .send(text)
  })
}
