import { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId, PatientId, RevalidationId } from '@maillage/contracts/kit/ids'
import type { AskingChannel, RevalidationAnswer } from '@maillage/contracts/revalidation'
import { and, asc, desc, eq, isNull, lt } from 'drizzle-orm'
import { revalidationDoor } from '../../src/features/gp-search/revalidation-door.ts'
import { changePatient } from '../../src/features/patients/change-patient.ts'
import { describedAs } from '../../src/features/public-registration/follow-up/own-answers.ts'
import { answerAsking } from '../../src/features/revalidation/answer-asking.ts'
import { answerByLink } from '../../src/features/revalidation/answer-by-link.ts'
import { startCampaign } from '../../src/features/revalidation/campaign.ts'
import { revalidations } from '../../src/features/revalidation/revalidation.table.ts'
import { runCampaign } from '../../src/features/revalidation/run-campaign.ts'
import type { RevalidationDeps } from '../../src/features/revalidation/searches.ts'
import { takeSteps } from '../../src/features/revalidation/take-steps.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import type { Deps } from '../../src/kernel/context.ts'
import { issueLink } from '../../src/kernel/links/links.ts'
import { findPatient } from '../../src/kernel/patients/patient.store.ts'
import { rankOf } from '../../src/kernel/priority.ts'
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

/** How many of those asked have no number nor address left that works: they are written to. One at least. */
const withoutContact = (asked: number): number => Math.min(3, Math.max(1, Math.floor(asked / 4)))
/** A step is due a week after the last, later by a few days when the CPTS is closed: whatever the day of the demo. */
const stepDays = [18, 6] as const

/**
 * A campaign that began a month ago: some answered, one could not be reached, some remain to be called, and letters wait
 * to be printed.
 */
export async function tellRevalidation(deps: Deps, cptsId: CptsId, coordinator: Actor): Promise<void> {
  const at = (daysAgo: number): RevalidationDeps => ({
    ...deps,
    now: () => new Date(deps.now().getTime() - daysAgo * DAY),
    searches: revalidationDoor,
  })
  const before = DayDate.parse(new Date(deps.now().getTime() - 45 * DAY).toISOString().slice(0, 10))
  const part = { band: 'P3', registeredBefore: before } as const
  const { id: campaignId, asked: toAsk } = await startCampaign(at(30), coordinator, part)
  for (const patientId of await lastOfPart(deps, cptsId, withoutContact(toAsk)))
    await forgetContacts(at(30), cptsId, coordinator, patientId)
  await runCampaign(at(30), { cptsId, campaignId })
  const asked = await open(deps, cptsId, 'asking')
  // However small the demo, somebody stays silent and is called.
  for (const [index, answer] of answers.slice(0, Math.floor(asked.length / 2)).entries()) {
    const one = asked[index]
    if (one) await answerOnline(at(29), cptsId, one.id, answer)
  }
  for (const daysAgo of stepDays) await takeSteps(at(daysAgo), cptsId)
  const [called, ...others] = (await open(deps, cptsId, 'to-reach')).filter(({ channel }) => channel === 'phone')
  if (called && others.length > 0) {
    const { id, version } = called
    await answerAsking(at(1), coordinator, id, { answer: 'unreachable', version })
  }
}

/** Somebody being asked, as they stand now. */
interface Asked {
  readonly id: RevalidationId
  readonly version: number
  readonly channel: AskingChannel | null
}

/** In the order of the references: identifiers drawn in the same instant have none, and a demo is the same each time. */
const open = (deps: Deps, cptsId: CptsId, status: 'asking' | 'to-reach'): Promise<Asked[]> =>
  deps.db.read(cptsId, (db) =>
    db
      .select({
        id: revalidations.id,
        version: revalidations.version,
        channel: revalidations.channel,
      })
      .from(revalidations)
      .innerJoin(cases, and(eq(cases.cptsId, revalidations.cptsId), eq(cases.id, revalidations.caseId)))
      .where(and(eq(revalidations.cptsId, cptsId), eq(revalidations.status, status), isNull(revalidations.endedAt)))
      .orderBy(asc(revalidations.nextAt), asc(cases.reference)),
  )

/** The last of those whom the campaign asks, by their references. */
async function lastOfPart(deps: Deps, cptsId: CptsId, count: number): Promise<PatientId[]> {
  const before = new Date(deps.now().getTime() - 46 * DAY)
  const rows = await deps.db.read(cptsId, (db) =>
    db
      .select({ patientId: cases.patientId })
      .from(cases)
      .where(
        and(
          eq(cases.cptsId, cptsId),
          eq(cases.kind, 'gp-search'),
          eq(cases.status, 'eligible'),
          eq(cases.liveProposals, 0),
          eq(cases.bandRank, rankOf('P3')),
          lt(cases.registeredAt, before),
        ),
      )
      .orderBy(desc(cases.reference))
      .limit(count),
  )
  return rows.map(({ patientId }) => patientId)
}

/** The number is somebody else's now, and messages come back: the coordinator takes them off the record. */
async function forgetContacts(deps: Deps, cptsId: CptsId, coordinator: Actor, id: PatientId): Promise<void> {
  const patient = await deps.db.read(cptsId, (db) => findPatient(db, { actor: coordinator }, id))
  if (!patient) throw new Error('An asking names a patient who does not exist')
  const { email: _email, ...known } = describedAs(patient)
  await changePatient(deps, coordinator, id, { ...known, phones: [], version: patient.version })
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
