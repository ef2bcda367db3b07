import type { NotedFor } from '@maillage/contracts/delegation/on-behalf'
import type { CaseId, CptsId, PatientId, PractitionerId, ProposalId } from '@maillage/contracts/kit/ids'
import type { OwnProposal } from '@maillage/contracts/proposals'
import { sql } from 'drizzle-orm'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'
import { type CaseRow, cases } from '../../kernel/tables/case.table.ts'
import { patients } from '../../kernel/tables/patient.table.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import { rowsOf, runNamed, uuids } from '../../platform/db/named-sql.ts'

const everyCaseColumn = rowsOf(cases)
const everyPatientColumn = rowsOf(patients)

interface Around {
  id: ProposalId
  practitioner: { id: PractitionerId; displayName: string; profession: string }
  /** The commune of the case, and the patient's; their codes when they are unknown, which foreign data may be. */
  caseMunicipality: string
  patientMunicipality: string
  /** Null when the practitioner never declared places. */
  placesLeft: number | null
  /** That of the CPTS. */
  timeZone: string
  noted: NotedFor | null
  /** Null while they do not hold the case. */
  movesNoted: OwnProposal['movesNoted'] | null
}

// The moves that only follow from an answer, or from the needs, are not told a second time beside it.
const aroundText = `with free as materialized (
  select k.practitioner_id, case when t.places is not null and k.places is distinct from 0
    then t.places - coalesce((
      select sum(a.places_taken)::int from proposals a where a.cpts_id = $1 and a.team_id = t.id
        and a.status = 'accepted' and a.team_period = t.period), 0)
    else k.places - coalesce((
      select sum(a.places_taken)::int from proposals a where a.cpts_id = $1 and a.practitioner_id = k.practitioner_id
        and a.status = 'accepted' and a.capacity_period = k.period), 0) end as places
  from intake_capacities k join practitioners w on w.cpts_id = $1 and w.id = k.practitioner_id
  left join teams t on t.cpts_id = $1 and t.id = w.team_id
  where k.cpts_id = $1
    and k.practitioner_id in (select o.practitioner_id from proposals o where o.cpts_id = $1 and o.id = any($2::uuid[]))
)
select o.id, json_build_object('id', h.id, 'displayName', h.display_name, 'profession', h.profession) as practitioner,
  coalesce((select m.name from municipalities m where m.code = c.municipality_code), c.municipality_code) as "caseMunicipality",
  coalesce((select m.name from municipalities m where m.code = p.municipality_code), p.municipality_code) as "patientMunicipality",
  (select f.places from free f where f.practitioner_id = o.practitioner_id) as "placesLeft",
  (select time_zone from cpts where id = $1) as "timeZone",
  (select json_build_object('by', w.display_name, 'spokenTo', o.on_behalf ->> 'spokenTo', 'calledAt', o.on_behalf ->> 'calledAt')
    from accounts w where w.id = o.answered_by and (o.on_behalf is not null or not exists (
      select from memberships s where s.cpts_id = $1 and s.account_id = w.id and s.practitioner_id = o.practitioner_id))) as noted,
  (select json_agg(json_build_object('action', e.action,
      'at', to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', coalesce(w.display_name, 'Maillage'),
      'spokenTo', e.on_behalf ->> 'spokenTo', 'calledAt', e.on_behalf ->> 'calledAt') order by e.at desc)
    from case_events e left join accounts w on w.id = e.actor_id
    where o.status = 'accepted' and e.cpts_id = $1 and e.case_id = o.case_id and e.type = 'move' and e.at >= o.answered_at
      and e.action not in ('accepted', 'released', 'derive')
      and (e.on_behalf ->> 'practitionerId')::uuid = o.practitioner_id) as "movesNoted"
from proposals o
join cases c on c.cpts_id = $1 and c.id = o.case_id
join patients p on p.cpts_id = $1 and p.id = c.patient_id
join practitioners h on h.cpts_id = $1 and h.id = o.practitioner_id
where o.cpts_id = $1 and o.id = any($2::uuid[])`

/** A proposal with its case, its patient and what stands around them. */
export interface OfferedRow extends Omit<Around, 'id'> {
  readonly proposal: ProposalRow
  readonly row: CaseRow
  readonly patient: PatientRow
}

/** These proposals with all that tells of them but what the kinds know, in their order: three statements, however many. */
export async function readOffered(db: Db, cptsId: CptsId, proposals: readonly ProposalRow[]): Promise<OfferedRow[]> {
  const values = [cptsId, proposals.map(({ id }) => id)]
  const around = await queryRows<Around>(db, { name: 'proposals_around', text: aroundText, values })
  const byProposal = new Map(around.map(({ id, ...one }) => [id, one]))
  const rows = await casesNamed(
    db,
    cptsId,
    proposals.map(({ caseId }) => caseId),
  )
  const people = await patientsNamed(
    db,
    cptsId,
    [...rows.values()].map(({ patientId }) => patientId),
  )
  return proposals.map((proposal) => {
    const row = rows.get(proposal.caseId)
    const patient = row && people.get(row.patientId)
    const found = byProposal.get(proposal.id)
    if (!row || !patient || !found) throw new Error('A proposal names a case, a patient or a practitioner who is gone')
    return { proposal, row, patient, ...found }
  })
}

async function casesNamed(db: Db, cptsId: CptsId, ids: readonly CaseId[]): Promise<Map<CaseId, CaseRow>> {
  const found = await runNamed<Record<string, unknown>>(
    db,
    sql`select ${everyCaseColumn.columns} from ${cases} where ${cases.cptsId} = ${cptsId} and ${cases.id} = any(${uuids(ids)})`,
  )
  return new Map(found.map(everyCaseColumn.toRow).map((row) => [row.id, row]))
}

async function patientsNamed(db: Db, cptsId: CptsId, ids: readonly PatientId[]): Promise<Map<PatientId, PatientRow>> {
  const found = await runNamed<Record<string, unknown>>(
    db,
    sql`select ${everyPatientColumn.columns} from ${patients}
      where ${patients.cptsId} = ${cptsId} and ${patients.id} = any(${uuids(ids)})`,
  )
  return new Map(found.map(everyPatientColumn.toRow).map((row) => [row.id, row]))
}
