import { createRouter, createWebHistory, loadRouteLocation, type RouteRecordRaw, type Router } from 'vue-router'
import { accessibilityStatementRoutes } from './features/accessibility-statement/accessibility-statement.routes.ts'
import { accountsRoutes } from './features/accounts/accounts.routes.ts'
import { auditLogRoutes } from './features/audit-log/audit-log.routes.ts'
import { delegationRoutes } from './features/delegation/delegation.routes.ts'
import { directoryRoutes } from './features/directory/directory.routes.ts'
import { duplicatesRoutes } from './features/duplicates/duplicates.routes.ts'
import { gpSearchCasePage } from './features/gp-search/gp-search.routes.ts'
import { handOverRoutes } from './features/handover/handover.routes.ts'
import { homeRoutes } from './features/home/home.routes.ts'
import { dischargeBoardRoutes } from './features/hospital-discharge/board/board.routes.ts'
import { hospitalDischargeCasePage } from './features/hospital-discharge/hospital-discharge.routes.ts'
import { wardRoutes } from './features/hospital-discharge/ward/ward.routes.ts'
import { intakeRoutes } from './features/intake/intake.routes.ts'
import { membersRoutes } from './features/members/members.routes.ts'
import { notificationsRoutes } from './features/notifications/notifications.routes.ts'
import { partnersRoutes } from './features/partners/partners.routes.ts'
import { patientsRoutes } from './features/patients/patients.routes.ts'
import { practitionersRoutes } from './features/practitioners/practitioners.routes.ts'
import { proposalsRoutes } from './features/proposals/proposals.routes.ts'
import { publicRegistrationRoutes } from './features/public-registration/public-registration.routes.ts'
import { readingAlertsRoutes } from './features/reading-alerts/reading-alerts.routes.ts'
import { revalidationRoutes } from './features/revalidation/revalidation.routes.ts'
import { securityRoutes } from './features/security/security.routes.ts'
import { settingsRoutes } from './features/settings/settings.routes.ts'
import { slotsRoutes } from './features/slots/slots.routes.ts'
import { unscheduledCareCasePage } from './features/unscheduled-care/unscheduled-care.routes.ts'
import { waitingListImportRoutes } from './features/waiting-list-import/waiting-list-import.routes.ts'
import { worklistRoutes } from './features/worklist/worklist.routes.ts'
import type { CasePages } from './kernel/case-pages.ts'
import { destination } from './platform/access.ts'
import { paths } from './platform/paths.ts'
import type { useSession } from './platform/session.ts'

/** The page of each kind of case, for the queue's pane and for a case's own address. */
const casePages: CasePages = {
  'gp-search': gpSearchCasePage,
  'unscheduled-care': unscheduledCareCasePage,
  'hospital-discharge': hospitalDischargeCasePage,
}

/** Each slice's routes, one line each; their pages load when they are opened. */
const slices: readonly RouteRecordRaw[] = [
  ...accountsRoutes,
  ...accessibilityStatementRoutes,
  ...securityRoutes,
  ...proposalsRoutes,
  ...practitionersRoutes,
  ...slotsRoutes,
  ...settingsRoutes,
  ...delegationRoutes,
  ...partnersRoutes,
  ...directoryRoutes,
  ...wardRoutes,
  ...dischargeBoardRoutes,
  ...intakeRoutes,
  ...auditLogRoutes,
  ...membersRoutes,
  ...readingAlertsRoutes,
  ...notificationsRoutes,
  ...waitingListImportRoutes,
  ...duplicatesRoutes,
  ...revalidationRoutes,
  ...patientsRoutes,
  ...publicRegistrationRoutes,
  ...homeRoutes,
  ...handOverRoutes,
  ...worklistRoutes(casePages),
]

// Only where the code is written: the condition is known at build time, and the page leaves the bundle.
const catalogue: readonly RouteRecordRaw[] = import.meta.env.DEV
  ? [
      {
        path: paths.catalogue,
        name: 'catalogue',
        meta: { access: 'public' },
        component: () => import('./features/catalogue/CataloguePage.vue'),
      },
    ]
  : []

/** The SPA's pages and who may open them. */
export function createAppRouter(session: ReturnType<typeof useSession>): Router {
  const router = createRouter({ history: createWebHistory(), routes: [...slices, ...catalogue] })
  for (const { path, meta, redirect } of router.getRoutes()) {
    if (!redirect && !meta.access) throw new Error(`The route ${path} does not say who may open it`)
  }
  router.beforeEach(async (to, from) => {
    // Whoever comes back to a locked page finds it as it was, whatever was pressed meanwhile.
    if (session.phase === 'locked' && from.matched.length > 0) return false
    if (session.phase === 'starting' || session.phase === 'locked') {
      // The page's files come while the server is asked who is there; a failure is told by the navigation itself.
      loadRouteLocation(to).catch(() => undefined)
      await session.restore()
    }
    return destination(to, session)
  })
  router.onError((error, to) => {
    // The files of a page left the server with a new version: loading the address anew takes the new ones.
    if (error instanceof TypeError && /dynamically imported module/i.test(error.message)) {
      window.location.assign(to.fullPath)
    }
  })
  return router
}
