import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

/** Who works in the CPTS, and how they sign in. */
export const membersRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.members,
    name: 'members',
    meta: { access: ['administrator', 'coordinator'] },
    component: () => import('./MembersPage.vue'),
  },
]
