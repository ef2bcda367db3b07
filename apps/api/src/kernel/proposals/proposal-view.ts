import type { CaseId, CptsId } from '@maillage/contracts/kit/ids'
import type { Proposal } from '@maillage/contracts/proposals'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { CaseRow } from '../tables/case.table.ts'

type CaseKey = Pick<CaseRow, 'cptsId' | 'id'>

/** How a practitioner is reached: by their account, by phone, or not at all. */
export function reachableBy(person: {
  hasAccount: unknown
  practicePhone: string | null
}): 'account' | 'phone' | 'none' {
  if (person.hasAccount === true) return 'account'
  return person.practicePhone ? 'phone' : 'none'
}

interface ListedRow
  extends Pick<Proposal, 'id' | 'caseId' | 'needId' | 'mode' | 'rank' | 'status' | 'reason' | 'version'> {
  reason_text: string | null
  sent_at: string | null
  expires_at: string | null
  answered_at: string | null
  spoken_to: string | null
  first_visit_at: string | null
  appointment_at: string | null
  reconfirmation: Proposal['reconfirmation']
  preview_note: string | null
  practitioner_id: Proposal['practitioner']['id']
  display_name: string
  profession: Proposal['practitioner']['profession']
  practice_phone: string | null
  has_account: boolean
}

// Within a case, the newest round first, each round in its order.
const listText = `select o.id, o.case_id as "caseId", o.need_id as "needId", o.mode, o.rank, o.status, o.sent_at, o.expires_at,
  o.answered_at, o.reason, o.reason_text, o.on_behalf ->> 'spokenTo' as spoken_to, o.first_visit_at, o.appointment_at,
  o.reconfirmation, o.preview_note, o.version, p.id as practitioner_id, p.display_name, p.profession, p.practice_phone,
  exists (select 1 from memberships s where s.cpts_id = $1 and s.practitioner_id = p.id and s.ended_at is null) as has_account
from proposals o join practitioners p on p.cpts_id = $1 and p.id = o.practitioner_id
where o.cpts_id = $1 and o.case_id = any($2::uuid[])
order by o.case_id, o.created_at desc, o.rank, o.id`

// Written by PostgreSQL with microseconds; the wire says milliseconds, as the acts wrote them.
const instant = (written: string | null): string | null => written && new Date(written).toISOString()

const toProposal = (row: ListedRow): Proposal => ({
  id: row.id,
  caseId: row.caseId,
  needId: row.needId,
  practitioner: {
    id: row.practitioner_id,
    displayName: row.display_name,
    profession: row.profession,
    practicePhone: row.practice_phone,
    reachableBy: reachableBy({ hasAccount: row.has_account, practicePhone: row.practice_phone }),
  },
  mode: row.mode,
  rank: row.rank,
  status: row.status,
  sentAt: instant(row.sent_at),
  expiresAt: instant(row.expires_at),
  answeredAt: instant(row.answered_at),
  reason: row.reason,
  reasonText: row.reason_text,
  spokenTo: row.spoken_to,
  firstVisitAt: instant(row.first_visit_at),
  appointmentAt: instant(row.appointment_at),
  reconfirmation: row.reconfirmation,
  previewNote: row.preview_note,
  version: row.version,
})

/** The proposals of some cases of a CPTS, by case, as the coordinator reads them: newest round first. One statement. */
export async function listProposalsOf(
  db: Db,
  cptsId: CptsId,
  caseIds: readonly CaseId[],
): Promise<(caseId: CaseId) => Proposal[]> {
  const values = [cptsId, [...caseIds]]
  const rows = await queryRows<ListedRow>(db, { name: 'proposals_of_cases', text: listText, values })
  const all = rows.map(toProposal)
  return (caseId) => all.filter((proposal) => proposal.caseId === caseId)
}

/** The proposals of one case: see `listProposalsOf`. */
export async function describeProposals(db: Db, { cptsId, id }: CaseKey): Promise<Proposal[]> {
  return (await listProposalsOf(db, cptsId, [id]))(id)
}

interface Match {
  id: string
  displayName: string
}

/** Who accepted the case itself, among its proposals. */
export function matchIn(proposals: readonly Proposal[]): Match | null {
  const accepted = proposals.find(({ status, needId }) => status === 'accepted' && needId === null)
  return accepted ? { id: accepted.practitioner.id, displayName: accepted.practitioner.displayName } : null
}

const matchText = `select o.case_id as "caseId", p.id, p.display_name as "displayName"
from proposals o join practitioners p on p.cpts_id = $1 and p.id = o.practitioner_id
where o.cpts_id = $1 and o.case_id = any($2::uuid[]) and o.status = 'accepted' and o.need_id is null`

/** Who accepted these cases themselves, when somebody did, by case. */
export async function listMatchesOf(
  db: Db,
  cptsId: CptsId,
  caseIds: readonly CaseId[],
): Promise<(caseId: CaseId) => Match | null> {
  const values = [cptsId, [...caseIds]]
  const rows = await queryRows<Match & { caseId: CaseId }>(db, { name: 'matches_of_cases', text: matchText, values })
  const found = new Map(rows.map(({ caseId, ...match }) => [caseId, match]))
  return (caseId) => found.get(caseId) ?? null
}
