import type { AllowedAction, CaseHeader } from '@maillage/contracts/cases'
import type { UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Calendar } from '../../kernel/calendar.ts'
import { describeCases } from '../../kernel/case-view.ts'
import type { Deps } from '../../kernel/context.ts'
import { listProposalsOf } from '../../kernel/proposals/proposal-view.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { maxRetries } from './move-unscheduled-care.ts'
import { isOutOfHoursAhead } from './unscheduled-care.deadlines.ts'
import { clockFacts } from './unscheduled-care.kind.ts'
import { careRowsOf, findBookedWith, type UnscheduledCareRow } from './unscheduled-care.store.ts'

/** The hours of the territory at this instant. */
interface Reading {
  now: Date
  calendar: Calendar
}

/** Describes requests to this actor, in the order given; as many statements for a page as for one. */
export async function describeRequests(
  db: Db,
  actor: Actor,
  deps: Pick<Deps, 'kinds' | 'now'>,
  rows: readonly CaseRow[],
): Promise<UnscheduledCare[]> {
  if (rows.length === 0) return []
  const { cptsId } = actor
  const ids = rows.map(({ id }) => id)
  const reading = { now: deps.now(), calendar: await loadCalendar(db, cptsId) }
  const cares = await careRowsOf(db, cptsId, ids)
  const describedAs = await describeCases(db, actor, deps.kinds, rows)
  const named = [...cares.values()].flatMap(({ bookedWithId, gpId }) => [bookedWithId ?? [], gpId ?? []].flat())
  const bookedWith = await findBookedWith(db, cptsId, named)
  const proposalsOf = actor.role === 'coordinator' ? await listProposalsOf(db, cptsId, ids) : () => []
  return rows.map((row) => {
    const care = cares.get(row.id)
    if (!care) throw new Error('An unscheduled-care case has no row of its own')
    const { header } = describedAs(row)
    const { allowedActions } = header
    return {
      ...header,
      ...ownPart(reading, header, row, care),
      allowedActions: allowedActions.map((entry) => narrowed(entry, actor, care)),
      bookedWith: (care.bookedWithId && bookedWith.get(care.bookedWithId)) ?? null,
      visitFeedback: feedbackOf(care, (care.gpId && bookedWith.get(care.gpId)?.displayName) ?? null),
      proposals: proposalsOf(row.id),
    }
  })
}

/** One request: see `describeRequests`. */
export async function describeRequest(
  db: Db,
  actor: Actor,
  deps: Pick<Deps, 'kinds' | 'now'>,
  row: CaseRow,
): Promise<UnscheduledCare> {
  const [described] = await describeRequests(db, actor, deps, [row])
  if (!described) throw new Error('A case was described as nothing')
  return described
}

function ownPart(reading: Reading, header: CaseHeader, row: CaseRow, care: UnscheduledCareRow) {
  const facts = clockFacts(row, care, null)
  const hasSearch = header.linkedCases.some(({ kind }) => kind === 'gp-search')
  return {
    status: facts.status,
    details: care.details,
    consent: row.consent,
    redFlags: care.redFlags,
    guidance: guidanceOf(row, care),
    level: care.level,
    basis: care.basis,
    protocolId: care.protocolId,
    mode: care.mode,
    profession: care.profession,
    appointmentAt: care.appointmentAt?.toISOString() ?? null,
    noShows: care.noShows,
    outcome: care.outcome,
    slotId: care.slotId,
    outOfHoursAhead: isOutOfHoursAhead(facts, reading.now, reading.calendar),
    suggestsGpSearch: row.status === 'attended' && care.details.hasGp === false && !hasSearch,
  }
}

/** What the visit gave; null while nobody told. A patient who did not come was not seen. */
function feedbackOf(care: UnscheduledCareRow, gpName: string | null): UnscheduledCare['visitFeedback'] {
  if (!care.visitToldAt) return null
  const { outcome, visitNote, visitToldAt, visitGp } = care
  const told = { seen: outcome !== null, orientation: outcome, note: visitNote, at: visitToldAt.toISOString() }
  const named = visitGp === 'elsewhere' ? (care.details.gpName ?? null) : gpName
  return { ...told, gp: visitGp, gpName: named }
}

/** Beyond the machine: reasons that are the coordinator's alone, and a second try that was already had. */
function narrowed(entry: AllowedAction, actor: Actor, care: UnscheduledCareRow): AllowedAction {
  if (entry.action === 'redirect' && actor.role !== 'coordinator') return { ...entry, reasons: ['emergency_15'] }
  if (entry.action === 'retry' && care.noShows > maxRetries) return { disabledBecause: 'already-retried', ...entry }
  return entry
}

/** The numbers to call now, once somebody was sent to the 15. */
function guidanceOf(row: CaseRow, care: UnscheduledCareRow): UnscheduledCare['guidance'] {
  if (row.status !== 'redirected' || row.statusReason !== 'emergency_15') return []
  return care.redFlags.includes('suicidal_intent') ? ['15', '112', '114', '3114'] : ['15', '112', '114']
}
