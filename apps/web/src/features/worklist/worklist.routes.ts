import type { RouteRecordRaw } from 'vue-router'
import type { CasePages } from '../../kernel/case-pages.ts'
import { paths } from '../../platform/paths.ts'

/** The queue, and the case that it leads to; the pages of each kind come from their slices. */
export const worklistRoutes = (pages: CasePages): readonly RouteRecordRaw[] => [
  {
    path: paths.worklist,
    name: 'worklist',
    meta: { access: ['coordinator'] },
    props: { pages },
    component: () => import('./WorklistPage.vue'),
  },
  {
    path: '/dossiers/:reference',
    name: 'case',
    meta: { access: ['coordinator'] },
    props: ({ params }) => ({ reference: String(params.reference), pages }),
    component: () => import('../../kernel/CasePage.vue'),
  },
]
