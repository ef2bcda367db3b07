import type { Candidate, Candidates } from '@maillage/contracts/candidates'
import type { NeedId, PractitionerId } from '@maillage/contracts/kit/ids'
import type * as z from 'zod'
import type { CandidateRequest, Context } from '../../../kernel/context.ts'
import type { Place } from '../../../kernel/practitioners/distance.ts'
import { reachableBy } from '../../../kernel/proposals/proposal-view.ts'
import type { CaseRow } from '../../../kernel/tables/case.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { listAway } from './away.store.ts'
import { type CandidateEntry, communeOf, factsOf, listCandidateEntries, listHere } from './candidate.store.ts'
import { contendersAmong } from './contenders.ts'
import { listEveryone } from './everyone.store.ts'
import { knownPlace, nearestOf } from './nearest.ts'
import { filterPeople, type Ranked, rankCandidates } from './rank-candidates.ts'
import type { Relaxed } from './relaxed.ts'
import { wideningsOf } from './widening.ts'

interface Wanted {
  needId: NeedId | null
  relaxed: Relaxed
  limit: number
}

/** Who may be proposed this case (or this need of it), ranked with reasons; the others are counted by cause. */
export async function findCandidates(
  db: Db,
  context: Context,
  row: CaseRow,
  wanted: Wanted,
): Promise<z.infer<typeof Candidates>> {
  const { needId, relaxed } = wanted
  const request = await context.kinds[row.kind].candidateRequest(db, context.calendar.timeZone, row, needId)
  const { profession } = request
  const everyone = await listEveryone(db, row.cptsId, profession, context.now)
  const here = await listHere(db, row.cptsId, [row.id], needId)
  const from = await communeOf(db, request.municipalityCode)
  const people = everyone.map((outline) => factsOf(outline, from, here(row.id, outline.own.id)))
  const { kept, filteredOut } = filterPeople(request, people, relaxed)
  // How somebody answers is read of those alone who may stand on the page.
  const among = contendersAmong(request, kept, wanted.limit)
  const entries = await listCandidateEntries(db, row.cptsId, { profession, among }, context.now)
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const contenders = entries.map((entry) => factsOf(entry, from, here(row.id, entry.id)))
  const { ranked } = rankCandidates(request, contenders, row.id, relaxed)
  const isCandidate = new Set(kept.map(({ id }) => id))
  const away = filteredOut.has('absent') ? await listAway(db, row.cptsId, request, isCandidate, context.now) : []
  const answerBy = await answerClock(db, context, row, needId, request)
  return {
    items: ranked.slice(0, wanted.limit).flatMap((found, index) => {
      const entry = byId.get(found.facts.id)
      const isUsual = request.usual.includes(found.facts.id)
      return entry ? [{ ...toCandidate(entry, found, index + 1, from), isUsual, answerBy: answerBy(isUsual) }] : []
    }),
    away,
    considered: everyone.length,
    filteredOut: [...filteredOut].map(([cause, count]) => ({ cause, count })),
    widenings: wideningsOf(request, people, relaxed),
    householdSize: row.householdSize,
    origin: { name: from.name, place: knownPlace(from) },
    maxDistanceKm: request.maxDistanceKm,
  }
}

/** By when they would answer if asked now: the usual carers and the others may have different delays. */
async function answerClock(
  db: Db,
  context: Context,
  row: CaseRow,
  needId: NeedId | null,
  { usual }: CandidateRequest,
): Promise<(isUsual: boolean) => string> {
  const answerBy = async (to?: PractitionerId) =>
    (await context.kinds[row.kind].answerBy(db, context, row, needId, to)).toISOString()
  const others = await answerBy()
  const theirs = usual[0] ? await answerBy(usual[0]) : others
  return (isUsual) => (isUsual ? theirs : others)
}

function toCandidate(
  entry: CandidateEntry,
  { facts, score, reasons }: Ranked,
  rank: number,
  from: Place,
): Omit<Candidate, 'isUsual' | 'answerBy'> {
  const { name: municipality, ...place } = nearestOf(from, { ...entry.place, name: entry.municipality }, entry.sites)
  return {
    practitioner: {
      id: facts.id,
      displayName: entry.displayName,
      profession: entry.profession,
      municipality,
      practicePhone: entry.practicePhone,
      practice: entry.practice,
    },
    place: knownPlace(place),
    rank,
    score,
    reasons,
    distanceKm: facts.distanceKm,
    capacity: facts.places === null ? 'unknown' : 'declared',
    places: facts.places,
    remaining: facts.remaining,
    team: entry.team,
    declaredAt: entry.declaredAt?.toISOString() ?? null,
    reachableBy: reachableBy(entry),
    load: facts.load,
    askedBefore: facts.askedBefore,
  }
}
