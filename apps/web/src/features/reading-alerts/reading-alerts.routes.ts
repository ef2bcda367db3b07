import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const readingAlertsRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.readingAlerts,
    name: 'reading-alerts',
    meta: { access: ['administrator'] },
    component: () => import('./ReadingAlertsPage.vue'),
  },
]
