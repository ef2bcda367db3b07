import type { AllowedAction } from '@maillage/contracts/cases'
import type { UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import type { Actor } from '../../kernel/actor.ts'
import { loadCalendar } from '../../kernel/calendar.store.ts'
import type { Calendar } from '../../kernel/calendar.ts'
import { describeCase } from '../../kernel/case-view.ts'
import type { CaseKinds, Deps } from '../../kernel/context.ts'
import { describeProposals } from '../../kernel/proposals/proposal-view.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { maxRetries } from './move-unscheduled-care.ts'
import { isOutOfHoursAhead } from './unscheduled-care.deadlines.ts'
import { clockFacts } from './unscheduled-care.kind.ts'
import { findBookedWith, getCareRow, type UnscheduledCareRow } from './unscheduled-care.store.ts'

/** What a reading needs beside the rows: the slices, and the hours of the territory at this instant. */
interface Reading {
  kinds: CaseKinds
  now: Date
  calendar: Calendar
}

/** Describes requests to this actor; the calendar is read once for a whole page. */
export async function readerFor(
  db: Db,
  actor: Actor,
  deps: Pick<Deps, 'kinds' | 'now'>,
): Promise<(row: CaseRow) => Promise<UnscheduledCare>> {
  const reading = { kinds: deps.kinds, now: deps.now(), calendar: await loadCalendar(db, actor.cptsId) }
  return (row) => toUnscheduledCare(db, actor, reading, row)
}

async function toUnscheduledCare(db: Db, actor: Actor, reading: Reading, row: CaseRow): Promise<UnscheduledCare> {
  const care = await getCareRow(db, row)
  const header = await describeCase(db, actor, reading.kinds, row)
  const facts = clockFacts(row, care, null)
  const hasSearch = header.linkedCases.some(({ kind }) => kind === 'gp-search')
  return {
    ...header,
    status: facts.status,
    allowedActions: header.allowedActions.map((entry) => narrowed(entry, actor, care)),
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
    bookedWith: care.bookedWithId ? ((await findBookedWith(db, row, care.bookedWithId)) ?? null) : null,
    noShows: care.noShows,
    outcome: care.outcome,
    outOfHoursAhead: isOutOfHoursAhead(facts, reading.now, reading.calendar),
    suggestsGpSearch: row.status === 'attended' && care.details.hasGp === false && !hasSearch,
    proposals: actor.role === 'coordinator' ? await describeProposals(db, row) : [],
  }
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
