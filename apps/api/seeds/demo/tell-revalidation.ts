import { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId, RevalidationId } from '@maillage/contracts/kit/ids'
import type { RevalidationAnswer } from '@maillage/contracts/revalidation'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { revalidationDoor } from '../../src/features/gp-search/revalidation-door.ts'
import { answerAsking } from '../../src/features/revalidation/answer-asking.ts'
import { answerByLink } from '../../src/features/revalidation/answer-by-link.ts'
import { startCampaign } from '../../src/features/revalidation/campaign.ts'
import { revalidations } from '../../src/features/revalidation/revalidation.table.ts'
import type { RevalidationDeps } from '../../src/features/revalidation/searches.ts'
import { takeSteps } from '../../src/features/revalidation/take-steps.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import type { Deps } from '../../src/kernel/context.ts'
import { issueLink } from '../../src/kernel/links/links.ts'
import { cases } from '../../src/kernel/tables/case.table.ts'

const DAY = 86_400_000

/** What the first of those who were asked answered by their message; the others stay silent. */
const answers: readonly Exclude<RevalidationAnswer, 'unreachable'>[] = [
  'still-searching',
  'still-searching',
  'found',
  'still-searching',
  'no-longer-wanted',
]

/** A campaign that began three weeks ago: some answered, one could not be reached, and some remain to be called. */
export async function tellRevalidation(deps: Deps, cptsId: CptsId, coordinator: Actor): Promise<void> {
  const at = (daysAgo: number): RevalidationDeps => ({
    ...deps,
    now: () => new Date(deps.now().getTime() - daysAgo * DAY),
    searches: revalidationDoor,
  })
  const before = DayDate.parse(new Date(deps.now().getTime() - 45 * DAY).toISOString().slice(0, 10))
  await startCampaign(at(21), coordinator, { band: 'P3', registeredBefore: before })
  await takeSteps(at(21), cptsId)
  const asked = await open(deps, cptsId, 'asking')
  for (const [index, answer] of answers.entries()) {
    const id = asked[index]
    if (id) await answerOnline(at(20), cptsId, id, answer)
  }
  for (const daysAgo of [14, 7, 0]) await takeSteps(at(daysAgo), cptsId)
  const [toCall] = await open(deps, cptsId, 'to-reach')
  if (toCall)
    await answerAsking(at(0), coordinator, toCall, {
      answer: 'unreachable',
      version: await versionOf(deps, cptsId, toCall),
    })
}

/** In the order of the references: identifiers drawn in the same instant have none, and a demo is the same each time. */
const open = async (deps: Deps, cptsId: CptsId, status: 'asking' | 'to-reach'): Promise<RevalidationId[]> => {
  const rows = await deps.db.read(cptsId, (db) =>
    db
      .select({ id: revalidations.id })
      .from(revalidations)
      .innerJoin(cases, and(eq(cases.cptsId, revalidations.cptsId), eq(cases.id, revalidations.caseId)))
      .where(and(eq(revalidations.cptsId, cptsId), eq(revalidations.status, status), isNull(revalidations.endedAt)))
      .orderBy(asc(revalidations.nextAt), asc(cases.reference)),
  )
  return rows.map(({ id }) => id)
}

async function versionOf(deps: Deps, cptsId: CptsId, id: RevalidationId): Promise<number> {
  const [row] = await deps.db.read(cptsId, (db) =>
    db
      .select({ version: revalidations.version })
      .from(revalidations)
      .where(and(eq(revalidations.cptsId, cptsId), eq(revalidations.id, id), sql`${revalidations.endedAt} is null`)),
  )
  return row?.version ?? 1
}

async function answerOnline(
  deps: RevalidationDeps,
  cptsId: CptsId,
  subjectId: RevalidationId,
  answer: Exclude<RevalidationAnswer, 'unreachable'>,
): Promise<void> {
  const now = deps.now()
  const expiresAt = new Date(now.getTime() + 60 * DAY)
  const link = { cptsId, purpose: 'still-searching' as const, subjectId, expiresAt, now }
  const token = await deps.db.transaction(cptsId, (tx) => issueLink(tx, link))
  await answerByLink(deps, token, { answer, isAlone: false, requestId: 'demo' })
}
