import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

const access = ['coordinator', 'practitioner', 'requester'] as const

export const intakeRoutes: readonly RouteRecordRaw[] = [
  { path: paths.newCase, redirect: `${paths.newCase}/gp-search` },
  {
    path: `${paths.newCase}/:kind(gp-search|unscheduled-care)`,
    name: 'new-case',
    meta: { access },
    props: true,
    component: () => import('./IntakePage.vue'),
  },
  {
    path: paths.myRequests,
    name: 'my-requests',
    meta: { access: ['practitioner', 'requester'] },
    component: () => import('./MyRequestsPage.vue'),
  },
]
