import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

/** What protects one's account; the first of these pages is where a new account is led before anything else. */
export const securityRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.enrol,
    name: 'enrol',
    meta: { access: 'signed-in' },
    component: () => import('./EnrolPage.vue'),
  },
  {
    path: paths.security,
    name: 'security',
    meta: { access: 'signed-in' },
    component: () => import('./SecurityPage.vue'),
  },
]
