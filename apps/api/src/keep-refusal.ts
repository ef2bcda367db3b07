import { type ProblemCode, problems } from '@maillage/contracts/kit/problems'
import type { FastifyRequest } from 'fastify'
import { recordRefusal } from './features/audit-log/record-refusal.ts'
import type { Deps } from './kernel/context.ts'

/** What belongs to a patient: not being found there is a refusal, of a case next door or of one that is not for them. */
const patientRoutes =
  /^\/api\/v1\/(cases|gp-searches|unscheduled-cares|hospital-discharges|proposals|patients|duplicates|patient-merges|revalidations|reminders|undelivered-messages|waiting-list-imports|readings)\b/
/** Only these routes name by `id` what a line of the trail tells; elsewhere it is another thing's. */
const named = [
  ['caseId', /^\/api\/v1\/(cases|gp-searches|unscheduled-cares|hospital-discharges)\/:id/],
  ['patientId', /^\/api\/v1\/patients\/:id/],
  ['proposalId', /^\/api\/v1\/proposals\/:id/],
] as const

/** A refusal leaves its trace and never hides behind one that could not be written. */
export async function keepRefusal(
  deps: Pick<Deps, 'db' | 'now'>,
  request: FastifyRequest,
  code: ProblemCode,
): Promise<void> {
  const route = request.routeOptions.url ?? ''
  const { status } = problems[code]
  const isKept = status === 403 || status === 409 || (status === 404 && patientRoutes.test(route))
  if (!isKept || !request.claims?.hat) return
  // Routes of cases declare an `id`; the others have none, and it is then left out.
  const { id } = request.params as { id?: string }
  const about = Object.fromEntries(named.flatMap(([what, pattern]) => (pattern.test(route) ? [[what, id]] : [])))
  const refusal = { code, route: `${request.method} ${route.replace('/api/v1', '')}`, ...about }
  await recordRefusal(deps, request.actor, refusal).catch((error: unknown) => {
    request.log.error({ err: error }, 'a refusal could not be recorded')
  })
}
