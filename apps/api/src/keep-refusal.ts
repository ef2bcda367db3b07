import { type ProblemCode, problems } from '@maillage/contracts/kit/problems'
import type { FastifyRequest } from 'fastify'
import { recordRefusal } from './features/audit-log/record-refusal.ts'
import type { Deps } from './kernel/context.ts'

const caseRoutes = /^\/api\/v1\/(cases|gp-searches|unscheduled-cares|hospital-discharges|proposals|patients)\//

/** A refusal leaves its trace and never hides behind one that could not be written. */
export async function keepRefusal(
  deps: Pick<Deps, 'db' | 'now'>,
  request: FastifyRequest,
  code: ProblemCode,
): Promise<void> {
  const route = request.routeOptions.url ?? ''
  const { status } = problems[code]
  const isKept = status === 403 || status === 409 || (status === 404 && caseRoutes.test(route))
  if (!isKept || !request.claims?.hat) return
  // Only a route of cases names one by `id`; elsewhere it is another thing's.
  const isCase = /^\/api\/v1\/(cases|gp-searches|unscheduled-cares|hospital-discharges)\/:id/.test(route)
  // Routes of cases declare an `id`; the others have none, and it is then left out.
  const { id } = request.params as { id?: string }
  const refusal = { code, route: `${request.method} ${route.replace('/api/v1', '')}`, caseId: isCase ? id : undefined }
  await recordRefusal(deps, request.actor, refusal).catch((error: unknown) => {
    request.log.error({ err: error }, 'a refusal could not be recorded')
  })
}
