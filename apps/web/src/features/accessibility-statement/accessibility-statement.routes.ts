import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const accessibilityStatementRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.accessibility,
    name: 'accessibility-statement',
    meta: { access: 'public' },
    component: () => import('./AccessibilityStatementPage.vue'),
  },
]
