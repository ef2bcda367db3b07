import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

/** Asking those who wait whether they still search; `?vue=` one of its three lists. */
export const revalidationRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.revalidation,
    name: 'revalidation',
    meta: { access: ['coordinator'] },
    component: () => import('./RevalidationPage.vue'),
  },
]
