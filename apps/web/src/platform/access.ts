import type { Role } from '@maillage/contracts/roles'
import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { homeOf, ownPath, paths } from './paths.ts'
import type { useSession } from './session.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may open the page. A route that does not say so stops the start: nothing is open by omission. */
    access: 'public' | 'signed-in' | readonly Role[]
  }
}

export type Visitor = Pick<ReturnType<typeof useSession>, 'phase' | 'role'> & { mustEnrol?: boolean }
export type Asked = Pick<RouteLocationNormalized, 'name' | 'path' | 'fullPath' | 'query' | 'hash' | 'meta'>

const lost = (to: Asked): RouteLocationRaw => ({
  name: 'not-found',
  params: { pathMatch: to.path.slice(1).split('/') },
  query: to.query,
  hash: to.hash,
})

/** Where a navigation really leads, given who is signed in: `true` to the page asked. */
export function destination(to: Asked, { phase, role, mustEnrol = false }: Visitor): true | RouteLocationRaw {
  const { access } = to.meta
  const signedIn = phase === 'signed-in' || phase === 'interrupted'
  const back = to.path === '/' ? {} : { suite: to.fullPath }
  if (to.name === 'sign-in' && signedIn) return ownPath(to.query.suite) ?? '/'
  if (access === 'public') return true
  if (!signedIn) return { name: 'sign-in', query: back }
  // Nothing before it, and no way around: a password alone opens no other page.
  if (mustEnrol) return to.name === 'enrol' ? true : { name: 'enrol', query: back }
  if (to.name === 'enrol') return ownPath(to.query.suite) ?? paths.security
  if (to.name === 'choose-role' || to.name === 'security') return true
  if (!role) return { name: 'choose-role', query: back }
  if (to.path === '/') return homeOf[role]
  // A page of another role does not exist for this one: the address stays, the words say which role is on.
  return access === 'signed-in' || access.includes(role) ? true : lost(to)
}
