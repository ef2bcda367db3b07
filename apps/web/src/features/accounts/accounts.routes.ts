import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'
import NotFoundPage from './NotFoundPage.vue'
import SignInPage from './SignInPage.vue'

export const accountsRoutes: readonly RouteRecordRaw[] = [
  // Not lazy: it is the first screen, and a second request would only delay it.
  { path: paths.signIn, name: 'sign-in', meta: { access: 'public' }, component: SignInPage },
  {
    path: paths.chooseRole,
    name: 'choose-role',
    meta: { access: 'signed-in' },
    component: () => import('./ChooseRolePage.vue'),
  },
  {
    path: paths.newPassword,
    name: 'new-password',
    meta: { access: 'public' },
    component: () => import('./resets/NewPasswordPage.vue'),
  },
  {
    path: paths.lostFactor,
    name: 'lost-factor',
    meta: { access: 'public' },
    component: () => import('./resets/LostFactorPage.vue'),
  },
  {
    path: paths.factorProof,
    name: 'factor-proof',
    meta: { access: 'public' },
    component: () => import('./resets/FactorLinkPage.vue'),
  },
  {
    path: paths.factorObjection,
    name: 'factor-objection',
    meta: { access: 'public' },
    component: () => import('./resets/FactorLinkPage.vue'),
  },
  { path: '/', name: 'start', meta: { access: 'signed-in' }, component: NotFoundPage },
  { path: '/:pathMatch(.*)*', name: 'not-found', meta: { access: 'signed-in' }, component: NotFoundPage },
]
