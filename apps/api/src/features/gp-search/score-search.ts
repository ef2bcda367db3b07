import type { Priority } from '@maillage/contracts/cases'
import { dayIn } from '@maillage/contracts/kit/dates'
import { and, eq, or } from 'drizzle-orm'
import type { Context } from '../../kernel/context.ts'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'
import { priorityFrom } from '../../kernel/priority.ts'
import { type CaseRow, caseLinks, cases } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { type ScoredPerson, scoreGpSearch } from './gp-search.priority.ts'
import { getSearchRow, membersOf } from './gp-search.store.ts'

const DAY = 86_400_000

/** The priority of a search from stored facts, as of the context's day; an override is kept. */
export function priorityOf(
  context: Context,
  search: Pick<CaseRow, 'channel' | 'registeredAt'> & { override?: Priority['override']; hasLinkedDischarge: boolean },
  people: readonly ScoredPerson[],
): Priority {
  return priorityFrom(
    scoreGpSearch({
      people,
      channel: search.channel,
      hasLinkedDischarge: search.hasLinkedDischarge,
      waitedDays: Math.floor((context.now.getTime() - search.registeredAt.getTime()) / DAY),
      today: dayIn(context.calendar.timeZone, context.now),
    }),
    search.override,
  )
}

/** The same, with everything read from the database: for a change of details and for the nightly recomputation. */
export async function rescore(
  tx: Db,
  context: Context,
  row: CaseRow,
  patient: Pick<PatientRow, 'birthDate'>,
): Promise<Priority> {
  const search = await getSearchRow(tx, row)
  const members = await membersOf(tx, row.cptsId, [row.id])
  return priorityOf(
    context,
    { ...row, override: row.priority.override, hasLinkedDischarge: await hasLinkedDischarge(tx, row) },
    [{ birthDate: patient.birthDate, details: search.details }, ...members],
  )
}

async function hasLinkedDischarge(tx: Db, row: CaseRow): Promise<boolean> {
  const [linked] = await tx
    .select({ id: cases.id })
    .from(caseLinks)
    .innerJoin(
      cases,
      and(
        eq(cases.cptsId, caseLinks.cptsId),
        eq(cases.kind, 'hospital-discharge'),
        or(
          and(eq(caseLinks.caseId, row.id), eq(cases.id, caseLinks.linkedCaseId)),
          and(eq(caseLinks.linkedCaseId, row.id), eq(cases.id, caseLinks.caseId)),
        ),
      ),
    )
    .where(eq(caseLinks.cptsId, row.cptsId))
    .limit(1)
  return linked !== undefined
}
