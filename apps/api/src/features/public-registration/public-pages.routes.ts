import type { FastifyPluginAsync } from 'fastify'
import { openPageDoor } from '../../platform/pages/page-door.ts'
import { openPageEngine } from '../../platform/pages/page-engine.ts'
import { followUpDoorPages } from './follow-up/door.pages.ts'
import { followUpPages } from './follow-up/follow-up.pages.ts'
import type { PublicDeps } from './public-deps.ts'
import { registrationPages } from './registration.pages.ts'
import { startPages } from './start.pages.ts'

/** What these pages need beside their acts: how they are served. */
export interface PublicPagesDeps extends PublicDeps {
  readonly settings: { readonly cookieSecure: boolean }
}

/** `/demande` and `/suivi`: HTML for people without an account, on any phone, without a script. */
export const publicPagesRoutes: FastifyPluginAsync<PublicPagesDeps> = async (app, deps) => {
  const engine = openPageEngine()
  const pageDeps = { ...deps, door: openPageDoor(app, engine, deps.settings) }
  app.get(engine.style.path, { config: { access: 'public' }, schema: { hide: true } }, (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .type('text/css; charset=utf-8')
      .send(engine.style.text),
  )
  startPages(app, pageDeps)
  registrationPages(app, pageDeps)
  followUpDoorPages(app, pageDeps)
  followUpPages(app, pageDeps)
}
