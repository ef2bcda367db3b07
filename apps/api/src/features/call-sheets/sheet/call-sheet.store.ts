import type { CptsId, ProposalId } from '@maillage/contracts/kit/ids'
import { and, eq } from 'drizzle-orm'
import type { PatientRow } from '../../../kernel/patients/patient.store.ts'
import { type CaseRow, cases } from '../../../kernel/tables/case.table.ts'
import { patients } from '../../../kernel/tables/patient.table.ts'
import { type ProposalRow, proposals } from '../../../kernel/tables/proposal.table.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'

interface Around {
  practitioner: string
  owner: string | null
  cpts: string
  timeZone: string
  /** The patient's commune; its code when it is unknown, which foreign data may be. */
  municipality: string
}

/** What a call sheet is written from, but for what the kind of the case knows. */
export interface Held extends Around {
  readonly proposal: ProposalRow
  readonly row: CaseRow
  readonly patient: PatientRow
}

const text = `select h.display_name as practitioner, a.display_name as owner, k.name as cpts, k.time_zone as "timeZone",
  coalesce(m.name, p.municipality_code) as municipality
from proposals o
join practitioners h on h.cpts_id = $1 and h.id = o.practitioner_id
join cases c on c.cpts_id = $1 and c.id = o.case_id
join patients p on p.cpts_id = $1 and p.id = c.patient_id
join cpts k on k.id = $1
left join accounts a on a.id = c.owner_id
left join municipalities m on m.code = p.municipality_code
where o.cpts_id = $1 and o.id = $2`

/** An accepted proposal with its case and its patient; undefined once it is given back. */
export async function findHeld(tx: Db, cptsId: CptsId, id: ProposalId): Promise<Held | undefined> {
  const [proposal] = await tx
    .select()
    .from(proposals)
    .where(and(eq(proposals.cptsId, cptsId), eq(proposals.id, id)))
  if (proposal?.status !== 'accepted') return undefined
  const [row] = await tx
    .select()
    .from(cases)
    .where(and(eq(cases.cptsId, cptsId), eq(cases.id, proposal.caseId)))
  const [patient] = row
    ? await tx
        .select()
        .from(patients)
        .where(and(eq(patients.cptsId, cptsId), eq(patients.id, row.patientId)))
    : []
  const [around] = await queryRows<Around>(tx, { name: 'call_sheet_around', text, values: [cptsId, id] })
  return row && patient && around ? { proposal, row, patient, ...around } : undefined
}
