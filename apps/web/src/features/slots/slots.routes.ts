import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const slotsRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.mySlots,
    name: 'my-slots',
    meta: { access: ['practitioner', 'secretary'] },
    component: () => import('./MySlotsPage.vue'),
  },
  {
    path: paths.visitFeedback,
    name: 'visit-feedback',
    meta: { access: ['practitioner'] },
    component: () => import('./FeedbackPage.vue'),
  },
  {
    path: paths.slots,
    name: 'slots',
    meta: { access: ['coordinator'] },
    component: () => import('./DaySlotsPage.vue'),
  },
]
