import { ChangeSetting, Setting, SettingParams, Settings } from '@maillage/contracts/settings/settings'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import { changeSetting, readSettings } from './change-setting.ts'

const tags = ['settings']

const list = {
  config: { access: ['coordinator', 'administrator'] as const },
  schema: {
    tags,
    summary: 'Read what the CPTS may set for itself: the values in force, their bounds, who set them',
    response: { 200: Settings },
  },
}
const change = {
  config: { access: ['administrator'] as const },
  schema: {
    tags,
    summary: 'Set a value for the whole CPTS within its bounds, or give the product’s own back',
    params: SettingParams,
    body: ChangeSetting,
    response: { 200: Setting, ...problemsOf('version-stale') },
  },
}

/** HTTP ↔ the settings of a CPTS. */
export const settingRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get('/settings', list, ({ actor }) => deps.db.read(actor.cptsId, (db) => readSettings(db, actor.cptsId)))
  app.put('/settings/:name', change, ({ params, body, actor }) => changeSetting(deps, actor, params.name, body))
}
