import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify'
import { caseKindsOf } from './case-kinds.ts'
import { accountRoutes } from './features/accounts/accounts.routes.ts'
import { lockRoutes } from './features/accounts/lock.routes.ts'
import { sessionRoutes } from './features/accounts/sessions.routes.ts'
import { auditLogRoutes } from './features/audit-log/audit-log.routes.ts'
import { callSheetRoutes } from './features/call-sheets/call-sheets.routes.ts'
import { caseFileRoutes } from './features/case-file/case-file.routes.ts'
import { coordinatorAbsenceRoutes } from './features/coordinator-absences/coordinator-absences.routes.ts'
import { delegationRoutes } from './features/delegation/delegation.routes.ts'
import { dischargeTemplateRoutes } from './features/discharge-templates/discharge-templates.routes.ts'
import { draftRoutes } from './features/drafts/drafts.routes.ts'
import { duplicateRoutes } from './features/duplicates/duplicates.routes.ts'
import { gpSearchRoutes } from './features/gp-search/gp-search.routes.ts'
import { householdSearchRoutes } from './features/gp-search/household/household.routes.ts'
import { leaveAsDuplicate, takeSeniority, takeUpDuplicate } from './features/gp-search/household/searches-of-merged.ts'
import { patientDoor } from './features/gp-search/patient-door.ts'
import { revalidationDoor } from './features/gp-search/revalidation-door.ts'
import { handOverRoutes } from './features/hand-over/hand-over.routes.ts'
import { homeRoutes } from './features/home/home.routes.ts'
import { dischargeBoardRoutes } from './features/hospital-discharge/board/discharge-board.routes.ts'
import { hospitalDischargeRoutes } from './features/hospital-discharge/hospital-discharge.routes.ts'
import { householdRoutes } from './features/households/households.routes.ts'
import { liveRoutes } from './features/live/live.routes.ts'
import { memberRoutes } from './features/members/members.routes.ts'
import { messageRoutes } from './features/messages/messages.routes.ts'
import { notificationDeskRoutes } from './features/notifications/notification-desk.routes.ts'
import { notificationRoutes } from './features/notifications/notifications.routes.ts'
import { openIdSignInRoutes } from './features/openid-sign-in/openid-sign-in.routes.ts'
import { partnerRoutes } from './features/partners/partners.routes.ts'
import { passkeyRoutes } from './features/passkeys/passkeys.routes.ts'
import { passwordRoutes } from './features/password-resets/passwords.routes.ts'
import { patientIdentityRoutes } from './features/patients/identity.routes.ts'
import { patientRoutes } from './features/patients/patients.routes.ts'
import { cardRoutes } from './features/practitioners/card/card.routes.ts'
import { cardPages } from './features/practitioners/card/card-pages.routes.ts'
import { practitionerRoutes } from './features/practitioners/practitioners.routes.ts'
import { teamRoutes } from './features/practitioners/teams/teams.routes.ts'
import { practitionerProposalRoutes } from './features/proposals/candidates/practitioner-proposals.routes.ts'
import { caseProposalRoutes } from './features/proposals/case-proposals.routes.ts'
import { proposalRoutes } from './features/proposals/proposals.routes.ts'
import { publicDeskRoutes } from './features/public-registration/desk/public-desk.routes.ts'
import { publicPagesRoutes } from './features/public-registration/public-pages.routes.ts'
import { readingAlertRoutes } from './features/reading-alerts/reading-alerts.routes.ts'
import { reminderRoutes } from './features/reminders/reminders.routes.ts'
import { revalidationRoutes } from './features/revalidation/revalidation.routes.ts'
import { stillSearchingPages } from './features/revalidation/still-searching.pages.ts'
import { savedViewRoutes } from './features/saved-views/saved-views.routes.ts'
import { secondFactorRoutes } from './features/second-factor/second-factor.routes.ts'
import { factorResetRoutes } from './features/second-factor-resets/factor-resets.routes.ts'
import { ownSessionRoutes } from './features/sessions/sessions.routes.ts'
import { settingRoutes } from './features/settings/settings.routes.ts'
import { calendarFeedRoutes } from './features/slots/calendar-feed.routes.ts'
import { slotSeriesRoutes } from './features/slots/series/slot-series.routes.ts'
import { slotRoutes } from './features/slots/slots.routes.ts'
import { territoryRoutes } from './features/territory/territory.routes.ts'
import { careSlotRoutes } from './features/unscheduled-care/slots/care-slots.routes.ts'
import { unscheduledCareRoutes } from './features/unscheduled-care/unscheduled-care.routes.ts'
import { waitingListImportRoutes } from './features/waiting-list-import/desk/waiting-list-imports.routes.ts'
import { type WorklistDeps, worklistRoutes } from './features/worklist/worklist.routes.ts'
import { keepRefusal } from './keep-refusal.ts'
import type { Deps } from './kernel/context.ts'
import { heldDelegations } from './kernel/delegation/held-delegations.ts'
import type { IdentityDeps } from './kernel/patients/patient-identity.store.ts'
import { operationExamples } from './operation-examples.ts'
import { acceptBodies } from './platform/door/accept-bodies.ts'
import { cutTheSlow, serverOptions, usualPatience } from './platform/door/patience.ts'
import { refuseElsewhere } from './platform/door/refuse-elsewhere.ts'
import { addSecurityHeaders } from './platform/door/security-headers.ts'
import { demandAccess, guardAccess, type PluginRoutes } from './platform/http/access.ts'
import { serializerCompiler, validatorCompiler } from './platform/http/contract-compilers.ts'
import { addDocsRoutes } from './platform/http/docs-routes.ts'
import type { DoorSettings } from './platform/http/door-settings.ts'
import { addHealthRoutes, type ReadyChecks } from './platform/http/health-routes.ts'
import { keepAnswers } from './platform/http/idempotency.ts'
import { describeApi } from './platform/http/openapi.ts'
import { handleProblems, refusalFrom, sendProblem } from './platform/http/problem-handler.ts'
import { addProblemPages } from './platform/http/problem-pages.ts'
import { logRequests } from './platform/http/request-log.ts'
import { serveWebApp } from './platform/http/web-app.ts'
import { openLimits } from './platform/limits/limit-requests.ts'
import { ChangeMarks } from './platform/live/change-marks.ts'
import type { Notifications } from './platform/live/notifications.ts'
import { openOpenIdDoor } from './platform/openid/openid-door.ts'
import type { OpenIdProvider } from './platform/openid/openid-provider.ts'
import { problem } from './platform/problem-error.ts'
import { EndedSessions } from './platform/session/ended-sessions.ts'
import type { SigningKeys } from './platform/session/signing-keys.ts'
import { claimsReader, registerTokens } from './platform/session/tokens.ts'
import { referenceMunicipalities } from './reference/find-municipality.ts'
import { sharedSchemas } from './shared-schemas.ts'

/** What the whole API is made from; nothing else is reached for. */
export interface AppDeps extends Omit<Deps, 'kinds'>, IdentityDeps {
  readonly log: FastifyBaseLogger
  readonly keys: SigningKeys
  /** What wraps the secrets that the database keeps. */
  readonly masterKey: Buffer
  /** Who vouches for people at our door beside ourselves; absent, nobody. */
  readonly openIdProviders?: readonly OpenIdProvider[]
  /** What the database tells of changes; connects when somebody first listens. */
  readonly notifications: Notifications
  readonly settings: DoorSettings
  readonly readyChecks: ReadyChecks
}

const pluginRoutes: PluginRoutes = ['/', '/*'].map((url) => ({ url, access: 'public' }))

/** Builds the HTTP door: the plugins, then the slices. It neither listens nor starts anything. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const { settings } = deps
  const { patience = usualPatience } = settings
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // Each proxy adds the address that it saw: what stands before those that are ours was written by the caller.
    trustProxy: (_address, hop) => hop < Number(settings.trustProxy),
    ...serverOptions(patience),
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      void sendProblem(request, reply, refusalFrom(error, request))
    },
  })
  demandAccess(app, pluginRoutes)
  cutTheSlow(app, patience)
  handleProblems(app, (request, code) => keepRefusal(deps, request, code))
  logRequests(app)
  await addSecurityHeaders(app, {
    isHttps: settings.publicUrl.startsWith('https:'),
    imageOrigins: settings.mapTiles ? [new URL(settings.mapTiles.url).origin] : [],
    webDir: settings.webDir,
  })
  await app.register(cookie)
  refuseElsewhere(app, settings.publicUrl)
  acceptBodies(app)
  await registerTokens(app, deps)
  const ended = new EndedSessions(deps)
  app.addHook('onClose', async () => ended.close())
  const limits = openLimits(app, deps, settings.rateLimitMax, settings.limits)
  guardAccess(app, { readClaims: claimsReader(deps.now), sessions: ended, limits })
  limits.stand()
  demandDelegation(app, deps.db)
  await describeApi(app, settings, { schemas: sharedSchemas, examples: operationExamples })
  addHealthRoutes(app, deps.readyChecks)
  addProblemPages(app)
  await addDocsRoutes(app)
  const marks = new ChangeMarks(deps.notifications)
  app.addHook('onClose', async () => marks.close())
  const build = settings.build ?? randomUUID()
  await app.register(slices, {
    prefix: '/api/v1',
    deps: { ...deps, db: marks.watch(deps.db), kinds, marks, build, ended },
  })
  await app.register(stillSearchingPages, { ...deps, kinds, searches: revalidationDoor })
  await app.register(publicPagesRoutes, { ...deps, kinds, searches: patientDoor })
  await app.register(cardPages, { ...deps, kinds })
  await serveWebApp(app, settings.webDir)
  return app
}

/**
 * A secretary's token says nothing of those for whom they act: each request reads it, so that a delegation that ends is
 * worth nothing at the next one. Without any, only the session's own routes answer. Stands after `guardAccess`.
 */
function demandDelegation(app: FastifyInstance, db: Deps['db']): void {
  app.addHook('onRequest', async (request) => {
    const hat = request.claims?.hat
    if (hat?.role !== 'secretary') return
    request.delegations = await db.read(hat.cptsId, (reader) => heldDelegations(reader, hat.cptsId, hat.membershipId))
    if (request.delegations.length === 0 && request.routeOptions.config.access !== 'signed-in')
      throw problem('delegation-ended')
  })
}

type SliceDeps = AppDeps & WorklistDeps & { readonly ended: EndedSessions }

const kinds = caseKindsOf()
const searchesOfMerged = { leave: leaveAsDuplicate, takeSeniority, takeUp: takeUpDuplicate }

/** The slices of the account itself: signing in, what protects it, who one is. */
const accountSlices: FastifyPluginAsync<{ deps: SliceDeps }> = async (api, { deps }) => {
  await api.register(sessionRoutes, deps)
  await api.register(lockRoutes, deps)
  await api.register(ownSessionRoutes, deps)
  await api.register(passwordRoutes, deps)
  await api.register(factorResetRoutes, deps)
  await api.register(memberRoutes, deps)
  await api.register(secondFactorRoutes, deps)
  await api.register(passkeyRoutes, deps)
  await api.register(accountRoutes, deps)
}

/** The slices, one line each. The compilers stand in this scope alone: plugins bring plain JSON schemas. */
const slices: FastifyPluginAsync<{ deps: SliceDeps }> = async (api, { deps }) => {
  api.setValidatorCompiler(validatorCompiler)
  api.setSerializerCompiler(serializerCompiler({ verify: deps.settings.verifyAnswers ?? false }))
  keepAnswers(api, deps)
  await api.register(accountSlices, { deps })
  const openId = openOpenIdDoor({ ...deps, providers: deps.openIdProviders ?? [] })
  await api.register(openIdSignInRoutes, { ...deps, openId })
  await api.register(delegationRoutes, deps)
  await api.register(auditLogRoutes, deps)
  await api.register(draftRoutes, deps)
  await api.register(territoryRoutes, deps)
  await api.register(gpSearchRoutes, deps)
  await api.register(householdSearchRoutes, deps)
  await api.register(unscheduledCareRoutes, deps)
  await api.register(careSlotRoutes, deps)
  await api.register(slotRoutes, deps)
  await api.register(slotSeriesRoutes, deps)
  await api.register(settingRoutes, deps)
  await api.register(readingAlertRoutes, deps)
  await api.register(calendarFeedRoutes, deps)
  await api.register(hospitalDischargeRoutes, deps)
  await api.register(dischargeBoardRoutes, deps)
  await api.register(dischargeTemplateRoutes, deps)
  await api.register(messageRoutes, deps)
  await api.register(notificationRoutes, deps)
  await api.register(notificationDeskRoutes, deps)
  await api.register(homeRoutes, deps)
  await api.register(worklistRoutes, deps)
  await api.register(reminderRoutes, deps)
  await api.register(handOverRoutes, deps)
  await api.register(coordinatorAbsenceRoutes, deps)
  await api.register(savedViewRoutes, deps)
  await api.register(practitionerRoutes, deps)
  await api.register(publicDeskRoutes, deps)
  await api.register(partnerRoutes, deps)
  await api.register(cardRoutes, deps)
  await api.register(teamRoutes, deps)
  await api.register(patientRoutes, deps)
  await api.register(patientIdentityRoutes, deps)
  await api.register(householdRoutes, deps)
  await api.register(duplicateRoutes, { ...deps, searches: searchesOfMerged })
  await api.register(revalidationRoutes, { ...deps, searches: revalidationDoor })
  await api.register(caseFileRoutes, deps)
  await api.register(callSheetRoutes, deps)
  await api.register(caseProposalRoutes, deps)
  await api.register(proposalRoutes, deps)
  await api.register(liveRoutes, deps)
  await api.register(practitionerProposalRoutes, deps)
  await api.register(waitingListImportRoutes, { ...deps, municipalities: referenceMunicipalities })
}
