import type { GpSearch, GpSearchDetails, GpSearchStatus } from '@maillage/contracts/gp-search'
import type { Actor } from '../../kernel/actor.ts'
import { describeCase } from '../../kernel/case-view.ts'
import type { CaseKinds } from '../../kernel/context.ts'
import { describeProposals, matchOf } from '../../kernel/proposals/proposal-view.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { getSearchRow, membersOf } from './gp-search.store.ts'

/** Cover is for coordinators alone: declining somebody for it is unlawful (CSP L1110-3). */
export function readableDetails(actor: Actor, details: GpSearchDetails): GpSearchDetails {
  if (actor.role === 'coordinator') return details
  const { solidarityCover: _cover, disabledAdultAllowance: _allowance, ...readable } = details
  return readable
}

/** A search as this actor may read it. */
export async function toGpSearch(db: Db, actor: Actor, kinds: CaseKinds, row: CaseRow): Promise<GpSearch> {
  const search = await getSearchRow(db, row)
  const members = await membersOf(db, row)
  const header = await describeCase(db, actor, kinds, row)
  return {
    ...header,
    // Only this slice's machine writes the status of its cases.
    status: row.status as GpSearchStatus,
    missing: search.missing,
    details: readableDetails(actor, search.details),
    consent: row.consent,
    resumeAt: row.resumeAt?.toISOString() ?? null,
    visitAt: search.visitAt?.toISOString() ?? null,
    toldAt: search.toldAt?.toISOString() ?? null,
    declaredAt: search.declaredAt,
    noShows: search.noShows,
    householdSize: row.householdSize,
    household: members.map((member) => ({
      patientId: member.patientId,
      displayName: `${member.firstName} ${member.lastName}`,
      birthDate: member.birthDate,
      details: readableDetails(actor, member.details),
    })),
    matchedWith: await matchOf(db, row),
    proposals: actor.role === 'coordinator' ? await describeProposals(db, row) : [],
  }
}
