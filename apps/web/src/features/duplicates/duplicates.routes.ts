import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

/** Records that may be one person: the list, two of them side by side, and the merges that can be undone. */
export const duplicatesRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.duplicates,
    name: 'duplicates',
    meta: { access: ['coordinator'] },
    component: () => import('./DuplicatesPage.vue'),
  },
  {
    path: `${paths.duplicates}/:id`,
    name: 'duplicate',
    meta: { access: ['coordinator'] },
    props: true,
    component: () => import('./ComparePage.vue'),
  },
]
