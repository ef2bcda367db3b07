import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

/** The start of a coordinator's day, and who of the team is away. */
export const homeRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.home,
    name: 'home',
    meta: { access: ['coordinator'] },
    component: () => import('./HomePage.vue'),
  },
  {
    path: paths.absences,
    name: 'absences',
    meta: { access: ['coordinator'] },
    component: () => import('./AbsencesPage.vue'),
  },
]
