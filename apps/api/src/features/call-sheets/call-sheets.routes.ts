import { CaseParams } from '@maillage/contracts/cases'
import { CallSheetRecipient, CallSheetRecipients, SendCallSheet } from '@maillage/contracts/coordination/call-sheets'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/context.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import type { SecureDomains } from '../../platform/mail/secure-domains.ts'
import { readCallSheets, sendCallSheet } from './send-call-sheet.ts'

const tags = ['cases']
const config = { access: ['coordinator'] } as const

const list = {
  config,
  schema: {
    tags,
    summary: 'Who may receive the call sheet of a case by MSSanté, and what was sent to them',
    params: CaseParams,
    response: { 200: CallSheetRecipients, ...problemsOf('not-found') },
  },
}
const send = {
  config: { ...config, idempotent: true },
  schema: {
    tags,
    summary: 'Send the call sheet of a case by MSSanté to somebody who accepted it',
    params: CaseParams,
    body: SendCallSheet,
    response: {
      202: CallSheetRecipient,
      ...problemsOf('not-found', 'wrong-status', 'version-stale', 'secure-mail-off', 'invalid-field'),
    },
  },
}

/** HTTP ↔ the call sheet as it goes by MSSanté. */
export const callSheetRoutes: FastifyPluginAsyncZod<
  Deps & { settings: { secureDomains?: SecureDomains | undefined } }
> = async (app, deps) => {
  const { settings } = deps
  app.get('/cases/:id/call-sheets', list, ({ params, actor }) =>
    readCallSheets(deps, actor, params.id, settings.secureDomains),
  )
  app.post('/cases/:id/call-sheets', send, async ({ params, body, actor }, reply) => {
    const wanted = { ...body, caseId: params.id, domains: settings.secureDomains }
    return reply.code(202).send(await sendCallSheet(deps, actor, wanted))
  })
}
