import { roles } from '@maillage/contracts/roles'
import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const partnersRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.partners,
    name: 'partners',
    meta: { access: roles },
    component: () => import('./PartnersPage.vue'),
  },
  {
    path: `${paths.partners}/nouveau`,
    name: 'new-partner',
    meta: { access: ['coordinator', 'administrator'] },
    component: () => import('./PartnerFormPage.vue'),
  },
  {
    path: `${paths.partners}/:id`,
    name: 'partner',
    meta: { access: roles },
    component: () => import('./PartnerPage.vue'),
    props: true,
  },
  {
    path: `${paths.partners}/:id/modifier`,
    name: 'edit-partner',
    meta: { access: ['coordinator', 'administrator'] },
    component: () => import('./PartnerFormPage.vue'),
    props: true,
  },
]
