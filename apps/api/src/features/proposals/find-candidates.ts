import type { NeedId } from '@maillage/contracts/kit/ids'
import type { Candidate, Candidates } from '@maillage/contracts/proposals'
import type * as z from 'zod'
import type { CaseKinds } from '../../kernel/context.ts'
import { reachableBy } from '../../kernel/proposals/proposal-view.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { type CandidateEntry, listCandidateEntries } from './candidate.store.ts'
import { type Ranked, type Relaxation, rankCandidates } from './ranking.ts'

/** Who may be proposed this case (or this need of it), ranked with reasons; the others are counted by cause. */
export async function findCandidates(
  db: Db,
  kinds: CaseKinds,
  row: CaseRow,
  wanted: { needId: NeedId | null; relax: readonly Relaxation[]; limit: number; now: Date },
): Promise<z.infer<typeof Candidates>> {
  const request = await kinds[row.kind].candidateRequest(db, row, wanted.needId)
  const entries = await listCandidateEntries(db, row, wanted.needId, request, wanted.now)
  const byId = new Map(entries.map((entry) => [entry.facts.id, entry]))
  const { ranked, filteredOut } = rankCandidates(
    request,
    entries.map(({ facts }) => facts),
    row.id,
    wanted.relax,
  )
  return {
    items: ranked.slice(0, wanted.limit).flatMap((found, index) => {
      const entry = byId.get(found.facts.id)
      return entry ? [toCandidate(entry, found, index + 1)] : []
    }),
    considered: entries.length,
    filteredOut: [...filteredOut].map(([cause, count]) => ({ cause, count })),
    householdSize: row.householdSize,
  }
}

function toCandidate(entry: CandidateEntry, { facts, score, reasons }: Ranked, rank: number): Candidate {
  return {
    practitioner: {
      id: facts.id,
      displayName: entry.displayName,
      profession: entry.profession,
      municipality: entry.municipality,
      practicePhone: entry.practicePhone,
      practice: entry.practice,
    },
    rank,
    score,
    reasons,
    distanceKm: facts.distanceKm,
    capacity: facts.places === null ? 'unknown' : 'declared',
    places: facts.places,
    remaining: facts.remaining,
    reachableBy: reachableBy(entry),
  }
}
