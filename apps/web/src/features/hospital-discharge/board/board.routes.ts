import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../../platform/paths.ts'

export const dischargeBoardRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.discharges,
    name: 'discharges',
    meta: { access: ['coordinator'] },
    component: () => import('./DischargeBoardPage.vue'),
  },
  {
    path: `${paths.discharges}/:reference/feuille`,
    name: 'discharge-sheet',
    meta: { access: ['coordinator', 'hospital_staff'] },
    props: true,
    component: () => import('../sheet/DischargeSheetPage.vue'),
  },
]
