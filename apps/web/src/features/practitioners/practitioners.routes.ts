import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const practitionersRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.myPatients,
    name: 'my-patients',
    meta: { access: ['practitioner'] },
    component: () => import('./MyPatientsPage.vue'),
  },
  {
    path: paths.myPlaces,
    name: 'my-places',
    meta: { access: ['practitioner'] },
    component: () => import('./MyPlacesPage.vue'),
  },
]
