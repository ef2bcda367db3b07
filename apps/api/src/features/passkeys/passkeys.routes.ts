import { Session } from '@maillage/contracts/accounts'
import {
  AddedPasskey,
  AddPasskey,
  Passkey,
  PasskeyCreation,
  PasskeyRequest,
  PasskeySignIn,
  RenamePasskey,
} from '@maillage/contracts/second-factor/passkeys'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { toPasskey } from '../../kernel/accounts/to-passkey.ts'
import { noContent, problemsOf } from '../../platform/http/problem-responses.ts'
import { ProblemError, problem } from '../../platform/problem-error.ts'
import { describeDevice } from '../../platform/session/describe-device.ts'
import { type HandOutDeps, handOutSession } from '../../platform/session/hand-out-session.ts'
import { refreshCookie } from '../../platform/session/refresh-cookie.ts'
import { endReplaced } from '../../platform/session/refresh-tokens.ts'
import { dropPasskey } from './drop-passkey.ts'
import { renamePasskey } from './passkeys.store.ts'
import { addPasskey, beginPasskey, type PasskeyDeps } from './register-passkey.ts'
import { relyingParty } from './relying-party.ts'
import { beginPasskeySignIn, proveByPasskey, recordRefusedPasskey, signInByPasskey } from './sign-in-by-passkey.ts'

export type PasskeyRouteDeps = PasskeyDeps & HandOutDeps & { readonly settings: { readonly publicUrl: string } }

const tags = ['passkeys']
const description = 'Within a quarter of an hour of a sign-in or of a proof; later, 403 `proof-required`.'
const params = z.object({ id: z.uuid() })

const askToSign = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Begin to sign in by a passkey',
    description: 'What the browser’s `navigator.credentials.get` takes. The challenge serves once, for five minutes.',
    response: { 200: PasskeyRequest },
  },
} as const
const signIn = {
  config: { access: 'public' },
  schema: {
    tags,
    summary: 'Sign in by a passkey',
    description: 'Counts as both factors. Failed tries slow down: 429 says how long to wait. Sets the refresh cookie.',
    body: PasskeySignIn,
    response: { 201: Session, ...problemsOf('passkey-refused') },
  },
} as const
const prove = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Say again who one is, by a passkey',
    description: 'The challenge is the one of a sign-in. As the proof by a code: it holds for a quarter of an hour.',
    body: PasskeySignIn,
    // 403, not 401: the session goes on.
    response: { 204: noContent, ...problemsOf('wrong-proof', 'session-ended') },
  },
} as const
const askToMake = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Begin to add a passkey',
    description: `${description} What the browser’s \`navigator.credentials.create\` takes.`,
    response: { 200: PasskeyCreation, ...problemsOf('proof-required', 'not-found', 'session-ended') },
  },
} as const
const add = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Add the passkey that the browser made',
    description: `${description} The recovery codes, if any, are shown this one time.`,
    body: AddPasskey,
    response: {
      201: AddedPasskey,
      ...problemsOf('proof-required', 'already-exists', 'not-found', 'session-ended'),
    },
  },
} as const
const rename = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Rename a passkey',
    params,
    body: RenamePasskey,
    response: { 200: Passkey, ...problemsOf('not-found') },
  },
} as const
const drop = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Take a passkey away, where something else protects the account',
    description,
    params,
    response: {
      204: noContent,
      ...problemsOf('proof-required', 'last-second-factor', 'not-found', 'session-ended'),
    },
  },
} as const

/** HTTP ↔ passkeys: those of one's own account, and signing in by one. */
export const passkeyRoutes: FastifyPluginAsyncZod<PasskeyRouteDeps> = async (app, deps) => {
  const site = (origin: string | undefined) => relyingParty(deps.settings.publicUrl, origin)
  const recordAfter = (reply: FastifyReply, credentialId: string): void => {
    reply.raw.once('finish', () => {
      recordRefusedPasskey(deps, credentialId).catch((error: unknown) => {
        reply.log.error({ err: error }, 'a refused passkey could not be recorded')
      })
    })
  }

  app.post('/sessions/passkey/options', askToSign, ({ headers }) => beginPasskeySignIn(deps, site(headers.origin)))
  app.post('/sessions/passkey', signIn, async ({ body: { signed }, ip, headers, cookies }, reply) => {
    const caller = { address: ip, device: describeDevice(headers['user-agent']) }
    try {
      const session = await signInByPasskey(deps, signed, site(headers.origin), caller)
      await deps.db.global((tx) => endReplaced(tx, cookies[refreshCookie.name], session.account.id, deps.now()))
      const handed = await handOutSession(app, deps, reply, session)
      return reply.code(201).send({ ...handed, account: session.account })
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'passkey-refused') recordAfter(reply, signed.id)
      throw error
    }
  })
  app.post('/me/proof/passkey', prove, async ({ signedIn, body, ip, headers }, reply) => {
    await proveByPasskey(deps, signedIn, body.signed, site(headers.origin), ip)
    return reply.code(204).send(null)
  })
  app.post('/me/passkeys/options', askToMake, ({ signedIn, headers }) =>
    beginPasskey(deps, signedIn, site(headers.origin)),
  )
  app.post('/me/passkeys', add, async ({ signedIn, body, headers }, reply) =>
    reply.code(201).send(await addPasskey(deps, signedIn, body, site(headers.origin))),
  )
  app.put('/me/passkeys/:id', rename, async ({ signedIn, params, body }) => {
    const key = await deps.db.global((tx) => renamePasskey(tx, signedIn.accountId, params.id, body.name))
    if (!key) throw problem('not-found')
    return toPasskey(key)
  })
  app.delete('/me/passkeys/:id', drop, async ({ signedIn, params }, reply) => {
    await dropPasskey(deps, signedIn, params.id)
    return reply.code(204).send(null)
  })
}
