import type { Role } from '@maillage/contracts/roles'
import type { RouteRecordRaw } from 'vue-router'
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type RouteLocationRaw,
  type Router,
} from 'vue-router'
import { accountsRoutes } from './features/accounts/accounts.routes.ts'
import { homeOf, ownPath, paths } from './platform/paths.ts'
import type { useSession } from './platform/session.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may open the page. A route that does not say so stops the start: nothing is open by omission. */
    access: 'public' | 'signed-in' | readonly Role[]
  }
}

type Session = Pick<ReturnType<typeof useSession>, 'phase' | 'role' | 'restore'>

/** Each slice's routes, one line each; their pages load when they are opened. */
const slices: readonly RouteRecordRaw[] = [...accountsRoutes]

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

const lost = (to: RouteLocationNormalized): RouteLocationRaw => ({
  name: 'not-found',
  params: { pathMatch: to.path.slice(1).split('/') },
  query: to.query,
  hash: to.hash,
})

/** Where a navigation really leads, given who is signed in: `true` to the page asked. */
export function destination(to: RouteLocationNormalized, { phase, role }: Session): true | RouteLocationRaw {
  const { access } = to.meta
  const signedIn = phase === 'signed-in' || phase === 'interrupted'
  if (to.name === 'sign-in' && signedIn) return ownPath(to.query.suite) ?? (role ? homeOf[role] : paths.chooseRole)
  if (access === 'public') return true
  if (!signedIn) return { name: 'sign-in', query: to.path === '/' ? {} : { suite: to.fullPath } }
  if (to.name === 'choose-role') return true
  if (!role) return { name: 'choose-role', query: to.path === '/' ? {} : { suite: to.fullPath } }
  if (to.path === '/') return homeOf[role]
  // A page of another role does not exist for this one: the address stays, the words say which role is on.
  return access === 'signed-in' || access.includes(role) ? true : lost(to)
}

/** The SPA's pages and who may open them. */
export function createAppRouter(session: Session): Router {
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
