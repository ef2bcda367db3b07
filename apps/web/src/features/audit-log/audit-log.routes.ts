import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const auditLogRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.auditLog,
    name: 'audit-log',
    meta: { access: ['administrator', 'coordinator'] },
    component: () => import('./AuditLogPage.vue'),
  },
]
