import type { WaitingPatient } from '@maillage/contracts/candidates'
import type { CaseId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { PageQuery } from '@maillage/contracts/kit/page'
import type { Actor } from '../../../kernel/actor.ts'
import type { CandidateRequest, Deps } from '../../../kernel/context.ts'
import { recordAudit } from '../../../kernel/record/audit.ts'
import type { Db } from '../../../platform/db/database.ts'
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.ts'
import { problem } from '../../../platform/problem-error.ts'
import { type CandidateEntry, factsOf, listCandidateEntries, listHere } from './candidate.store.ts'
import { knownPlace } from './nearest.ts'
import { type CandidateFacts, filterCause, reasonsFor } from './ranking.ts'
import { nothingRelaxed } from './relaxed.ts'
import { listWaiting, type Takes, WaitingKeys, type WaitingRow } from './waiting.store.ts'

/** Read at a time; most practitioners suit enough of them for a page. */
const batch = 200
/** Beyond, the page is handed out as it is, and the next one goes on from there. */
const mostBatches = 10

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
  return deps.db.read(actor.cptsId, async (db) => {
    const now = deps.now()
    const [entry] = await listCandidateEntries(db, actor.cptsId, { id }, now)
    if (!entry) throw problem('not-found')
    const found = await walk(db, deps, actor, entry, query)
    const page = pageOf(found, query.limit)
    const shown = page.items.map(({ caseId }) => caseId)
    await recordAudit(db, actor, { action: 'practitioner.waiting-patients-read', at: now, shown })
    return page
  })
}

const keysOf = ({ row, since }: WaitingRow): WaitingKeys => [row.bandRank, since, row.id]

interface Walk {
  found: Found[]
  /** The last one looked at, when the walk stopped before the end of the list. */
  stoppedAt: WaitingRow | undefined
}

async function walk(db: Db, deps: Deps, actor: Actor, entry: CandidateEntry, query: PageQuery): Promise<Walk> {
  const found: Found[] = []
  const kind = deps.kinds['gp-search']
  const takes = takenBy(entry)
  if (!takes) return { found, stoppedAt: undefined }
  const wanted = { cptsId: actor.cptsId, kind: kind.kind, statuses: kind.proposableFrom, limit: batch, ...takes }
  let after = decodeCursor(query.cursor, WaitingKeys)
  let last: WaitingRow | undefined
  for (let read = 0; read < mostBatches && found.length <= query.limit; read += 1) {
    const rows = await listWaiting(db, wanted, after)
    found.push(...(await suitable(db, deps, entry, rows)))
    last = rows.at(-1)
    if (!last || rows.length < batch) return { found, stoppedAt: undefined }
    after = keysOf(last)
  }
  return { found, stoppedAt: last }
}

/** Whom they could take at most; null when nobody, whoever waits: absent, full, closed, or no general practitioner. */
function takenBy({ own }: CandidateEntry): Takes | null {
  const { intake, remaining, isAbsent, isGeneralPractitioner } = own
  const isClosed = intake !== null && !intake.isOpen
  const isFull = remaining !== null && remaining < 1
  if (isAbsent || isClosed || isFull || !isGeneralPractitioner) return null
  const municipalities = intake && intake.municipalities.length > 0 ? intake.municipalities : null
  return { size: remaining, municipalities }
}

function pageOf({ found, stoppedAt }: Walk, limit: number): { items: WaitingPatient[]; next: string | null } {
  const items = found.slice(0, limit)
  const last = found.length > limit ? items.at(-1)?.waiting : stoppedAt
  return { items: items.map(toWaitingPatient), next: last ? encodeCursor(keysOf(last)) : null }
}

/** Those of a batch that pass the very filters of the candidates, and may be proposed to one more. */
async function suitable(db: Db, deps: Deps, entry: CandidateEntry, rows: readonly WaitingRow[]): Promise<Found[]> {
  const kind = deps.kinds['gp-search']
  const open = rows.filter(({ row, liveRounds }) => liveRounds < kind.liveRounds(row))
  const [first] = open
  if (!first) return []
  const requests = await requestsOf(db, deps, first.timeZone, open)
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

async function requestsOf(
  db: Db,
  deps: Deps,
  timeZone: string,
  open: readonly WaitingRow[],
): Promise<Map<CaseId, CandidateRequest>> {
  const { candidateRequests } = deps.kinds['gp-search']
  if (!candidateRequests) throw new Error('Searches are asked for many at once')
  return candidateRequests(
    db,
    timeZone,
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
