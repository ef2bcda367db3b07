import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const proposalsRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.proposals,
    name: 'proposals',
    meta: { access: ['practitioner', 'secretary'] },
    component: () => import('./ProposalsPage.vue'),
  },
  {
    path: `${paths.proposals}/:id`,
    name: 'proposal',
    meta: { access: ['practitioner', 'secretary'] },
    component: () => import('./ProposalPage.vue'),
  },
]
