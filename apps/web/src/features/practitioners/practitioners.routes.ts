import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const practitionersRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.myPatients,
    name: 'my-patients',
    meta: { access: ['practitioner', 'secretary'] },
    component: () => import('./MyPatientsPage.vue'),
  },
  {
    path: paths.myPlaces,
    name: 'my-places',
    meta: { access: ['practitioner', 'secretary'] },
    component: () => import('./MyPlacesPage.vue'),
  },
  {
    path: paths.myCard,
    name: 'my-card',
    meta: { access: ['practitioner'] },
    component: () => import('./card/CardPage.vue'),
  },
  {
    path: `${paths.directory}/:id/fiche`,
    name: 'practitioner-card',
    meta: { access: ['coordinator'] },
    component: () => import('./card/CardPage.vue'),
    props: true,
  },
]
