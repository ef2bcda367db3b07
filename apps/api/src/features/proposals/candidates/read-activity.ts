import type { PractitionerActivity } from '@maillage/contracts/candidates'
import type { PractitionerId } from '@maillage/contracts/kit/ids'
import { ProposalId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../../kernel/actor.ts'
import type { Deps } from '../../../kernel/context.ts'
import { problem } from '../../../platform/problem-error.ts'
import { listCandidateEntries } from './candidate.store.ts'
import { countPatientsOf, listLiveOf } from './waiting.store.ts'

const instant = (written: string | null): string | null => written && new Date(written).toISOString()

/** What a practitioner was sent and how they answered, and what still waits for them. References only, no name. */
export function readActivity(deps: Deps, actor: Actor, id: PractitionerId): Promise<PractitionerActivity> {
  return deps.db.read(actor.cptsId, async (db) => {
    const [entry] = await listCandidateEntries(db, actor.cptsId, { id }, deps.now())
    if (!entry) throw problem('not-found')
    const live = await listLiveOf(db, actor.cptsId, id)
    const { load, answerHours } = entry.own
    return {
      load,
      answerHours,
      patients: await countPatientsOf(db, actor.cptsId, id),
      placesAsked: live.reduce((sum, { places }) => sum + places, 0),
      live: live.map(({ sent_at, expires_at, ...same }) => ({
        id: ProposalId.parse(same.id),
        kind: same.kind,
        reference: same.reference,
        status: same.status,
        municipality: same.municipality,
        version: same.version,
        sentAt: instant(sent_at),
        expiresAt: instant(expires_at),
      })),
    }
  })
}
