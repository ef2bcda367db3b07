import {
  ConfirmTotp,
  NewRecoveryCodes,
  ProveAgain,
  SecondFactorState,
  TotpSetup,
} from '@maillage/contracts/second-factor/second-factor'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { SecondFactorDeps } from '../../kernel/accounts/check-code.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { problem } from '../../platform/problem-error.ts'
import { deviceCookie } from '../../platform/session/device-cookie.ts'
import { describeSecondFactor } from './describe-second-factor.ts'
import { proveAgain } from './prove-again.ts'
import { renewRecoveryCodes } from './renew-recovery-codes.ts'
import { forgetDevice } from './second-factor.store.ts'
import { beginTotpSetup, confirmTotp, dropTotp } from './set-up-totp.ts'

const tags = ['second factor']
const description = 'Within a quarter of an hour of a sign-in or of a proof; later, 403 `proof-required`.'

const read = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Read what protects one’s account beside its password',
    response: { 200: SecondFactorState, ...problemsOf('session-ended') },
  },
} as const
const prove = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Say again who one is',
    description: 'By the password or a code. What protects the account may be changed for a quarter of an hour.',
    body: ProveAgain,
    // 403, not 401: the session goes on.
    response: { 204: noContent, ...problemsOf('wrong-proof', 'session-ended') },
  },
} as const
const begin = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Begin to set up an authenticator',
    description,
    response: { 200: TotpSetup, ...problemsOf('proof-required', 'not-found', 'session-ended') },
  },
} as const
const confirm = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Protect the account by the authenticator, with its first code',
    description: `${description} The recovery codes are shown this one time.`,
    body: ConfirmTotp,
    response: { 200: NewRecoveryCodes, ...problemsOf('proof-required', 'not-found', 'session-ended') },
  },
} as const
const drop = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Take the authenticator away, where a passkey stands',
    description,
    response: {
      204: noContent,
      ...problemsOf('proof-required', 'last-second-factor', 'not-found', 'session-ended'),
    },
  },
} as const
const renew = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Give new recovery codes in the place of the old ones',
    description: `${description} They are shown this one time.`,
    response: {
      200: NewRecoveryCodes,
      ...problemsOf('proof-required', 'second-factor-to-enrol', 'not-found', 'session-ended'),
    },
  },
} as const
const forget = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Ask a remembered browser for a code again',
    params: z.object({ id: z.uuid() }),
    response: { 204: noContent, ...problemsOf('not-found') },
  },
} as const

/** HTTP ↔ the second factor of one's own account. */
export const secondFactorRoutes: FastifyPluginAsyncZod<SecondFactorDeps> = async (app, deps) => {
  app.get('/me/second-factor', read, ({ signedIn, cookies }) =>
    describeSecondFactor(deps, signedIn, cookies[deviceCookie.name]),
  )
  app.post('/me/proof', prove, async ({ signedIn, body, ip }, reply) => {
    await proveAgain(deps, signedIn, body, ip)
    return reply.code(204).send(null)
  })
  app.post('/me/totp', begin, ({ signedIn }) => beginTotpSetup(deps, signedIn))
  app.post('/me/totp/confirmation', confirm, ({ signedIn, body }) => confirmTotp(deps, signedIn, body))
  app.delete('/me/totp', drop, async ({ signedIn }, reply) => {
    await dropTotp(deps, signedIn)
    return reply.code(204).send(null)
  })
  app.post('/me/recovery-codes', renew, ({ signedIn }) => renewRecoveryCodes(deps, signedIn))
  app.delete('/me/devices/:id', forget, async ({ signedIn, params }, reply) => {
    if (!(await deps.db.global((tx) => forgetDevice(tx, signedIn.accountId, params.id)))) throw problem('not-found')
    return reply.code(204).send(null)
  })
}
