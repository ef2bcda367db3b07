import { Coordinators, Instance, Me, Preferences } from '@maillage/contracts/accounts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { listHolders } from '../../kernel/accounts/holders.ts'
import type { Deps } from '../../kernel/context.ts'
import type { DoorSettings } from '../../platform/http/door-settings.ts'
import { problemsOf } from '../../platform/http/problem-responses.ts'
import type { OpenIdProvider } from '../../platform/openid/openid-provider.ts'
import { changePreferences } from './change-preferences.ts'
import { describeMe } from './describe-me.ts'
import { usualIdleMinutes } from './refresh-session.ts'

export type AccountRouteDeps = Pick<Deps, 'db'> & {
  settings: Pick<DoorSettings, 'isDemo' | 'version' | 'demoAccounts' | 'mapTiles' | 'idleLockMinutes'>
  openIdProviders?: readonly OpenIdProvider[]
}

const tags = ['accounts']

const me = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Read who is signed in, and under which membership',
    response: { 200: Me, ...problemsOf('session-ended') },
  },
} as const
const instance = {
  config: { access: 'public' },
  schema: { tags, summary: 'Read what this installation is, before signing in', response: { 200: Instance } },
} as const

const preferences = {
  config: { access: 'signed-in' },
  schema: {
    tags,
    summary: 'Keep what one set for oneself',
    body: Preferences,
    response: { 200: Preferences, ...problemsOf('session-ended') },
  },
} as const

const coordinators = {
  config: { access: ['coordinator'] },
  schema: {
    tags,
    summary: 'List who may be given a case: the coordinators of the CPTS',
    response: { 200: Coordinators },
  },
} as const

/** HTTP ↔ accounts. */
export const accountRoutes: FastifyPluginAsyncZod<AccountRouteDeps> = async (app, deps) => {
  const { db, settings, openIdProviders = [] } = deps
  app.get('/me', me, ({ signedIn }) => db.global((tx) => describeMe(tx, signedIn)))
  app.put('/me/preferences', preferences, ({ signedIn, body }) => changePreferences(db, signedIn, body))
  app.get('/coordinators', coordinators, ({ actor }) =>
    db.read(actor.cptsId, async (reader) => ({ items: await listHolders(reader, actor.cptsId, 'coordinator') })),
  )
  app.get('/instance', instance, async () => ({
    demo: settings.isDemo,
    version: settings.version,
    demoAccounts: settings.isDemo ? [...settings.demoAccounts] : [],
    mapTiles: settings.mapTiles ?? null,
    signInProviders: openIdProviders.map(({ key, kind, name }) => ({ key, kind, name })),
    idleLockMinutes: settings.idleLockMinutes ?? usualIdleMinutes,
  }))
}
