import {
  ChangeDischargeTemplate,
  DeleteTemplateQuery,
  DischargeTemplate,
  DischargeTemplates,
  NewDischargeTemplate,
  TemplateParams,
} from '@maillage/contracts/discharges/discharge-templates'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { listTemplates } from './discharge-template.store.ts'
import { addTemplate, changeTemplate, removeTemplate } from './save-discharge-template.ts'

const tags = ['discharge-templates']
const wards = { access: ['hospital_staff'] } as const

const list = {
  config: wards,
  schema: { tags, summary: 'List the templates of one’s own wards', response: { 200: DischargeTemplates } },
}
const add = {
  config: { ...wards, idempotent: true },
  schema: {
    tags,
    summary: 'Keep what a ward usually asks for',
    body: NewDischargeTemplate,
    response: { 201: DischargeTemplate, ...problemsOf('already-exists', 'idempotency-conflict') },
  },
} as const
const change = {
  config: wards,
  schema: {
    tags,
    summary: 'Replace a template',
    params: TemplateParams,
    body: ChangeDischargeTemplate,
    response: { 200: DischargeTemplate, ...problemsOf('not-found', 'version-stale', 'already-exists') },
  },
}
const remove = {
  config: wards,
  schema: {
    tags,
    summary: 'Take a template away',
    params: TemplateParams,
    querystring: DeleteTemplateQuery,
    response: { 204: noContent, ...problemsOf('not-found', 'version-stale') },
  },
}

/** HTTP ↔ what a ward starts its discharges from. */
export const dischargeTemplateRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/discharge-templates', list, async ({ actor }) => ({
    items: await deps.db.read(actor.cptsId, (db) => listTemplates(db, actor)),
  }))
  app.post('/discharge-templates', add, async ({ body, actor }, reply) =>
    reply.code(201).send(await addTemplate(deps, actor, body)),
  )
  app.put('/discharge-templates/:id', change, ({ params, body, actor }) =>
    changeTemplate(deps, actor, { ...params, ...body }),
  )
  app.delete('/discharge-templates/:id', remove, async ({ params, query, actor }, reply) => {
    await removeTemplate(deps, actor, { ...params, ...query })
    return reply.code(204).send(null)
  })
}
