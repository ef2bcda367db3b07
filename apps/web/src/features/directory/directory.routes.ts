import type { RouteRecordRaw } from 'vue-router'
import { paths } from '../../platform/paths.ts'

export const directoryRoutes: readonly RouteRecordRaw[] = [
  {
    path: paths.directory,
    name: 'directory',
    meta: { access: ['coordinator', 'practitioner', 'requester', 'hospital_staff', 'secretary'] },
    component: () => import('./DirectoryPage.vue'),
  },
  {
    path: paths.teams,
    name: 'teams',
    meta: { access: ['coordinator', 'practitioner', 'requester', 'hospital_staff'] },
    component: () => import('./teams/TeamsPage.vue'),
  },
  {
    path: `${paths.directory}/:id`,
    name: 'practitioner',
    meta: { access: ['coordinator'] },
    component: () => import('./PractitionerPage.vue'),
    props: true,
  },
]
