import { AskPasswordReset, ChangePassword, RedeemPasswordReset } from '@maillage/contracts/access/passwords'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { askReset } from './ask-reset.ts'
import { changePassword } from './change-password.ts'
import type { PasswordDeps } from './password-deps.ts'
import { redeemReset } from './redeem-reset.ts'

const tags = ['passwords']

const change = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Change one’s own password',
    description: 'All other sessions end, and remembered browsers are asked for a code again.',
    body: ChangePassword,
    response: { 204: noContent, ...problemsOf('wrong-proof', 'session-ended') },
  },
} as const
const ask = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Ask for a link to choose another password',
    description: 'Answered alike, and in the same time, whether or not anybody has this address.',
    body: AskPasswordReset,
    response: { 202: z.object({}).describe('Taken: a message follows if somebody has this address') },
  },
} as const
const redeem = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Choose another password by a link',
    description: 'The link serves once; its token comes in the body, never in an address.',
    body: RedeemPasswordReset,
    response: { 204: noContent, ...problemsOf('not-found', 'second-factor-required', 'wrong-second-factor') },
  },
} as const

/** HTTP ↔ passwords that change, or that were lost. */
export const passwordRoutes: FastifyPluginAsyncZod<PasswordDeps> = async (app, deps) => {
  app.put('/me/password', change, async ({ signedIn, body }, reply) => {
    await changePassword(deps, signedIn, body)
    return reply.code(204).send(null)
  })
  app.post('/password-resets', ask, async ({ body, ip }, reply) => {
    await askReset(deps, body, ip)
    return reply.code(202).send({})
  })
  app.post('/password-resets/redemption', redeem, async ({ body }, reply) => {
    await redeemReset(deps, body)
    return reply.code(204).send(null)
  })
}
