import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const publicRegistrationRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.publicDesk,
    name: 'public-desk',
    meta: { access: ['administrator', 'coordinator'] },
    component: () => import('./PublicDeskPage.vue'),
  },
]
