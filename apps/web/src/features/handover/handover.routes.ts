import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

/** The hand-over of a coordinator's cases; `?pour=` names another coordinator's account, `?jours=` how far notes go. */
export const handOverRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.handOver,
    name: 'hand-over',
    meta: { access: ['coordinator'] },
    component: () => import('./HandOverPage.vue'),
  },
]
