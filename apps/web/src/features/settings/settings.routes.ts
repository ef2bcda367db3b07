import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const settingsRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.settings,
    name: 'settings',
    meta: { access: ['coordinator', 'administrator'] },
    component: () => import('./SettingsPage.vue'),
  },
]
