import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const waitingListImportRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.listImports,
    name: 'waiting-list-imports',
    meta: { access: ['coordinator'] },
    component: () => import('./ImportsPage.vue'),
  },
  {
    path: `${paths.listImports}/:id`,
    name: 'waiting-list-import',
    meta: { access: ['coordinator'] },
    component: () => import('./ImportPage.vue'),
    props: true,
  },
]
