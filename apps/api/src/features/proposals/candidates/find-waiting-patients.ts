import type { WaitingPatient } from '@maillage/contracts/candidates'
import type { CaseId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { PageQuery } from '@maillage/contracts/kit/page'
import type { Actor } from '../../../kernel/actor.ts'
import type { CandidateRequest, Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { Db } from '../../../platform/db/database.ts'
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts'
import { problem } from '../../../platform/problem-error.ts'
import { type CandidateEntry, factsOf, listCandidateEntries, listHere } from './candidate.store.ts'
import { knownPlace } from './distance.ts'
import { type CandidateFacts, filterCause, reasonsFor } from './ranking.ts'
import { nothingRelaxed } from './relaxed.ts'
import { listWaiting, WaitingKeys, type WaitingRow } from './waiting.store.ts'

/** Read at a time; most practitioners suit enough of them for a page. */
const batch = 200

interface Found {
  waiting: WaitingRow
  request: CandidateRequest
  facts: CandidateFacts
}

/**
 * Who waits for a médecin traitant and could be proposed to this practitioner: exactly those for whom they are a
 * candidate, among the searches that may be proposed now. Priority first, then seniority; names are read, so it is traced.
 */
export function findWaitingPatients(
  deps: Deps,
  actor: Actor,
  id: PractitionerId,
  query: PageQuery,
): Promise<{ items: WaitingPatient[]; next: string | null }> {
  return deps.db.transaction(actor.cptsId, async (db) => {
    const now = deps.now()
    const [entry] = await listCandidateEntries(db, actor.cptsId, { id }, now)
    if (!entry) throw problem('not-found')
    const found = await gather(db, deps, actor, entry, query)
    await recordAudit(db, actor, { action: 'practitioner.waiting-patients-read', at: now })
    return toPage(found, query.limit, keysOf, toWaitingPatient)
  })
}

const keysOf = ({ waiting: { row, since } }: Found): WaitingKeys => [row.bandRank, since, row.id]

async function gather(db: Db, deps: Deps, actor: Actor, entry: CandidateEntry, query: PageQuery): Promise<Found[]> {
  const kind = deps.kinds['gp-search']
  const wanted = { cptsId: actor.cptsId, kind: kind.kind, statuses: kind.proposableFrom, limit: batch }
  const found: Found[] = []
  let after = decodeCursor(query.cursor, WaitingKeys)
  while (found.length <= query.limit) {
    const rows = await listWaiting(db, wanted, after)
    found.push(...(await suitable(db, deps, entry, rows)))
    const last = rows.at(-1)
    if (!last || rows.length < batch) break
    after = [last.row.bandRank, last.since, last.row.id]
  }
  return found.slice(0, query.limit + 1)
}

/** Those of a batch that pass the very filters of the candidates, and may be proposed to one more. */
async function suitable(db: Db, deps: Deps, entry: CandidateEntry, rows: readonly WaitingRow[]): Promise<Found[]> {
  const kind = deps.kinds['gp-search']
  const open = rows.filter(({ row, liveRounds }) => liveRounds < kind.liveRounds(row))
  const [first] = open
  if (!first) return []
  const requests = await requestsOf(db, deps, open)
  const ids = open.map(({ row }) => row.id)
  const here = await listHere(db, first.row.cptsId, ids, null)
  return open.flatMap((waiting) => {
    const { row, commune } = waiting
    const request = requests.get(row.id)
    if (!request || request.profession !== entry.profession) return []
    const facts = factsOf(entry, commune, here(row.id, entry.id))
    return filterCause(request, facts, nothingRelaxed) ? [] : [{ waiting, request, facts }]
  })
}

async function requestsOf(db: Db, deps: Deps, open: readonly WaitingRow[]): Promise<Map<CaseId, CandidateRequest>> {
  const { candidateRequests } = deps.kinds['gp-search']
  if (!candidateRequests) throw new Error('Searches are asked for many at once')
  return candidateRequests(
    db,
    open.map(({ row }) => row),
  )
}

function toWaitingPatient({ waiting, request, facts }: Found): WaitingPatient {
  const { row, patient, commune } = waiting
  return {
    caseId: row.id,
    reference: row.reference,
    version: row.version,
    band: row.priority.band,
    waitingSince: row.registeredAt.toISOString(),
    patient,
    municipality: { code: row.municipalityCode, name: commune.name },
    place: knownPlace(commune),
    householdSize: row.householdSize,
    distanceKm: facts.distanceKm,
    reasons: reasonsFor(request, facts),
  }
}
