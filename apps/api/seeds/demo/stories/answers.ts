import type { NeedId } from '@maillage/contracts/kit/ids'
import type { AcceptProposal, DeclineProposal } from '@maillage/contracts/proposals'
import { and, eq, isNull } from 'drizzle-orm'
import type * as z from 'zod'
import { acceptProposal } from '../../../src/features/proposals/accept-proposal.ts'
import { declineProposal } from '../../../src/features/proposals/decline-proposal.ts'
import { expireProposal } from '../../../src/features/proposals/expire-proposal.ts'
import { releaseProposal } from '../../../src/features/proposals/release-proposal.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import { type ProposalRow, proposals } from '../../../src/kernel/tables/proposal.table.ts'
import type { DemoCarer } from '../directory.ts'
import { caseIdOf } from './care-file.ts'
import type { CareFile } from './story.ts'

/** Which proposal of the story: to whom, for which need, standing how. */
interface Asked {
  carer: DemoCarer
  needId?: NeedId | undefined
  status: 'pending' | 'accepted'
}

export async function proposalTo({ deps, story }: CareFile, { carer, needId, status }: Asked): Promise<ProposalRow> {
  const { cptsId } = story.world
  const [row] = await deps.db.read(cptsId, (db) =>
    db
      .select()
      .from(proposals)
      .where(
        and(
          eq(proposals.cptsId, cptsId),
          eq(proposals.caseId, caseIdOf(story)),
          eq(proposals.practitionerId, carer.id),
          eq(proposals.status, status),
          needId ? eq(proposals.needId, needId) : isNull(proposals.needId),
        ),
      ),
  )
  if (!row) throw new Error(`No ${status} proposal to ${carer.displayName}`)
  return row
}

/** Who answers: the practitioner by their own account, else the coordinator who rang the practice. */
function voiceOf(
  { story }: CareFile,
  carer: DemoCarer,
): { actor: Actor; onBehalf?: { channel: 'phone'; spokenTo: string } } {
  if (carer.actor) return { actor: carer.actor }
  const spokenTo = story.random.chance(0.4) ? 'Secrétariat' : carer.displayName
  return { actor: story.coordinator, onBehalf: { channel: 'phone', spokenTo } }
}

type Dates = Pick<z.output<typeof AcceptProposal>, 'firstVisitAt' | 'appointmentAt'>

export async function accept(file: CareFile, carer: DemoCarer, dates: Dates = {}, needId?: NeedId): Promise<void> {
  const { id, version } = await proposalTo(file, { carer, needId, status: 'pending' })
  const { actor, onBehalf } = voiceOf(file, carer)
  await acceptProposal(file.deps, actor, { id, version, onBehalf, ...dates })
}

export async function decline(
  file: CareFile,
  carer: DemoCarer,
  why: Pick<z.output<typeof DeclineProposal>, 'reason' | 'text'>,
  needId?: NeedId,
): Promise<void> {
  const { id, version } = await proposalTo(file, { carer, needId, status: 'pending' })
  const { actor, onBehalf } = voiceOf(file, carer)
  await declineProposal(file.deps, actor, { id, version, onBehalf, ...why })
}

/** Silence: the clock of the proposal ran out. */
export async function expire(file: CareFile, carer: DemoCarer, needId?: NeedId): Promise<void> {
  const { id, cptsId } = await proposalTo(file, { carer, needId, status: 'pending' })
  if (!(await expireProposal(file.deps, cptsId, id)))
    throw new Error('A proposal was to expire and its clock still runs')
}

export async function release(
  file: CareFile,
  carer: DemoCarer,
  why: { reason: 'fit' | 'no_capacity' | 'absence' | 'patient_choice'; text?: string },
  needId?: NeedId,
): Promise<void> {
  const { id, version } = await proposalTo(file, { carer, needId, status: 'accepted' })
  const { actor, onBehalf } = voiceOf(file, carer)
  await releaseProposal(file.deps, actor, { id, version, onBehalf, ...why })
}
