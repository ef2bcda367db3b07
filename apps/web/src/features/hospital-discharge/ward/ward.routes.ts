import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../../platform/paths.ts'

const access = ['hospital_staff'] as const

export const wardRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.wardDischarges,
    name: 'ward-discharges',
    meta: { access },
    component: () => import('./WardDischargesPage.vue'),
  },
  {
    path: paths.newDischarge,
    name: 'new-discharge',
    meta: { access },
    component: () => import('./form/WardNewPage.vue'),
  },
  {
    path: paths.dischargeTemplates,
    name: 'discharge-templates',
    meta: { access },
    component: () => import('./templates/TemplatesPage.vue'),
  },
  {
    path: `${paths.wardDischarges}/:reference`,
    name: 'ward-discharge',
    meta: { access },
    props: true,
    component: () => import('./WardDischargePage.vue'),
  },
]
