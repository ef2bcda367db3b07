import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

/** A patient's own page: an identifier stands in its address, never a name. */
export const patientsRoutes: readonly RouteRecordRaw[] = [
  {
    path: `${paths.patients}/:id`,
    name: 'patient',
    meta: { access: ['coordinator'] },
    props: true,
    component: () => import('./PatientPage.vue'),
  },
]
