import type { CallSheetRecipient, CallSheetSending } from '@maillage/contracts/coordination/call-sheets'
import type { ProposalId } from '@maillage/contracts/kit/ids'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'

interface Row extends Pick<CallSheetRecipient, 'proposalId' | 'practitioner' | 'address'> {
  isAccepted: boolean
  sendings: CallSheetSending[]
}

// A sending that lost its reason before it was shared out has no delivery.
const text = `select o.id as "proposalId", o.status = 'accepted' as "isAccepted", p.mssante_address as address,
  json_build_object('id', p.id, 'displayName', p.display_name, 'profession', p.profession) as practitioner,
  (select coalesce(json_agg(json_build_object('id', n.id, 'at', n.created_at, 'address', n.email, 'sentAt', d.sent_at,
      'status', coalesce(d.status, case when n.spread_at is null then 'waiting' else 'dropped' end)) order by n.id desc), '[]')
    from notices n left join notice_deliveries d on d.cpts_id = $1 and d.notice_id = n.id
    where n.cpts_id = $1 and n.kind = 'call-sheet' and n.about = o.id) as sendings
from proposals o join practitioners p on p.cpts_id = $1 and p.id = o.practitioner_id
where o.cpts_id = $1 and o.case_id = $2 and (o.status = 'accepted' or o.id = $3)
order by o.answered_at, o.id`

const instant = (written: string | null): string | null => written && new Date(written).toISOString()

/** Who accepted a case or a need of it, and the proposal that is named: with their address, and what was sent to them. */
export async function listAccepted(
  db: Db,
  { cptsId, id }: Pick<CaseRow, 'cptsId' | 'id'>,
  named: ProposalId | null = null,
): Promise<Row[]> {
  const rows = await queryRows<Row>(db, { name: 'call_sheet_recipients', text, values: [cptsId, id, named] })
  return rows.map(({ sendings, ...row }) => ({
    ...row,
    sendings: sendings.map((one) => ({ ...one, at: new Date(one.at).toISOString(), sentAt: instant(one.sentAt) })),
  }))
}
