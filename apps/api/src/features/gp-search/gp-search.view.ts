import type { GpSearch, GpSearchDetails, GpSearchStatus } from '@maillage/contracts/gp-search'
import type { CaseId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Actor } from '../../kernel/actor.ts'
import { describeCases } from '../../kernel/case-view.ts'
import type { CaseKinds } from '../../kernel/context.ts'
import { practitionersOf } from '../../kernel/delegation/standing-in.ts'
import { listMatchesOf, listProposalsOf, matchIn } from '../../kernel/proposals/proposal-view.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { type GpSearchRow, membersOf, searchRowsOf } from './gp-search.store.ts'

/**
 * Cover is for coordinators alone: declining somebody for it is unlawful (CSP L1110-3). A secretary reads what finding a
 * time needs; the rest, only where one of their doctors who holds this very case (`holders`) opened it to them.
 */
function readableDetails(actor: Actor, details: GpSearchDetails, holders: readonly PractitionerId[]): GpSearchDetails {
  if (actor.role === 'coordinator') return details
  if (actor.role === 'secretary' && !practitionersOf(actor, 'clinical-details').some((id) => holders.includes(id)))
    return details.preferences ? { preferences: details.preferences } : {}
  const { solidarityCover: _cover, disabledAdultAllowance: _allowance, ...readable } = details
  return readable
}

/** Searches as this actor may read them, in the order given; as many statements for a page as for one. */
export async function toGpSearches(
  db: Db,
  actor: Actor,
  kinds: CaseKinds,
  rows: readonly CaseRow[],
): Promise<GpSearch[]> {
  if (rows.length === 0) return []
  const { cptsId } = actor
  const ids = rows.map(({ id }) => id)
  const isCoordinator = actor.role === 'coordinator'
  const searches = await searchRowsOf(db, cptsId, ids)
  const shared = rows.filter(({ householdSize }) => householdSize > 1).map(({ id }) => id)
  const members = shared.length > 0 ? await membersOf(db, cptsId, shared) : []
  const describedAs = await describeCases(db, actor, kinds, rows)
  const proposalsOf = isCoordinator ? await listProposalsOf(db, cptsId, ids) : () => []
  // Whoever reads the proposals finds the match among them.
  const matchOf = isCoordinator ? (id: CaseId) => matchIn(proposalsOf(id)) : await listMatchesOf(db, cptsId, ids)
  return rows.map((row) => {
    const search = searches.get(row.id)
    if (!search) throw new Error('A gp-search case has no row of its own')
    const { header, holders } = describedAs(row)
    const household = members
      .filter(({ caseId }) => caseId === row.id)
      .map(({ patientId, firstName, lastName, birthDate, details }) => ({
        patientId,
        displayName: `${firstName} ${lastName}`,
        birthDate,
        details: readableDetails(actor, details, holders),
      }))
    return {
      ...header,
      ...ownPart(row, search),
      details: readableDetails(actor, search.details, holders),
      household,
      matchedWith: matchOf(row.id),
      proposals: proposalsOf(row.id),
    }
  })
}

const ownPart = (row: CaseRow, search: GpSearchRow) => ({
  // Only this slice's machine writes the status of its cases.
  status: row.status as GpSearchStatus,
  missing: search.missing,
  consent: row.consent,
  resumeAt: row.resumeAt?.toISOString() ?? null,
  visitAt: search.visitAt?.toISOString() ?? null,
  toldAt: search.toldAt?.toISOString() ?? null,
  declaredAt: search.declaredAt,
  noShows: search.noShows,
  householdSize: row.householdSize,
})

/** One search: see `toGpSearches`. */
export async function toGpSearch(db: Db, actor: Actor, kinds: CaseKinds, row: CaseRow): Promise<GpSearch> {
  const [search] = await toGpSearches(db, actor, kinds, [row])
  if (!search) throw new Error('A case was described as nothing')
  return search
}
