import { createRouter, createWebHistory, type RouteRecordRaw, type Router } from 'vue-router'
import { accountsRoutes } from './features/accounts/accounts.routes.ts'
import { wardRoutes } from './features/hospital-discharge/ward/ward.routes.ts'
import { practitionersRoutes } from './features/practitioners/practitioners.routes.ts'
import { proposalsRoutes } from './features/proposals/proposals.routes.ts'
import { destination } from './platform/access.ts'
import { paths } from './platform/paths.ts'
import type { useSession } from './platform/session.ts'

/** Each slice's routes, one line each; their pages load when they are opened. */
const slices: readonly RouteRecordRaw[] = [...accountsRoutes, ...proposalsRoutes, ...practitionersRoutes, ...wardRoutes]

// Only where the code is written: the condition is known at build time, and the page leaves the bundle.
const catalogue: readonly RouteRecordRaw[] = import.meta.env.DEV
  ? [
      {
        path: paths.catalogue,
        name: 'catalogue',
        meta: { access: 'public' },
        component: () => import('./features/catalogue/CataloguePage.vue'),
      },
    ]
  : []

/** The SPA's pages and who may open them. */
export function createAppRouter(session: ReturnType<typeof useSession>): Router {
  const router = createRouter({ history: createWebHistory(), routes: [...slices, ...catalogue] })
  for (const { path, meta, redirect } of router.getRoutes()) {
    if (!redirect && !meta.access) throw new Error(`The route ${path} does not say who may open it`)
  }
  router.beforeEach(async (to) => {
    if (session.phase === 'starting') await session.restore()
    return destination(to, session)
  })
  router.onError((error, to) => {
    // The files of a page left the server with a new version: loading the address anew takes the new ones.
    if (error instanceof TypeError && /dynamically imported module/i.test(error.message)) {
      window.location.assign(to.fullPath)
    }
  })
  return router
}
