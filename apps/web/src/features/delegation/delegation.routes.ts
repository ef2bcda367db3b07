import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const delegationRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.mySecretaries,
    name: 'my-secretaries',
    meta: { access: ['practitioner'] },
    component: () => import('./SecretariesPage.vue'),
  },
  {
    path: paths.myDoctors,
    name: 'my-doctors',
    meta: { access: ['secretary'] },
    component: () => import('./DoctorsPage.vue'),
  },
  {
    path: '/invitation/:token',
    name: 'invitation',
    meta: { access: 'public' },
    component: () => import('./InvitationPage.vue'),
    props: true,
  },
]
