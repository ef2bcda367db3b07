import { type Band, bands, type CaseHeader } from '@maillage/contracts/cases'
import type { CaseId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { Db } from '../platform/db/database.ts'
import { queryRows } from '../platform/db/named-query.ts'
import type { Actor } from './actor.ts'
import type { CaseKinds } from './context.ts'
import { practitionersOf } from './delegation/standing-in.ts'
import { type Asker, allowedActions, type Part } from './machine.ts'
import { toldReason } from './record/told-reason.ts'
import type { CaseRow } from './tables/case.table.ts'

type Neighbour = Omit<CaseHeader['patientCases'][number], 'band'> & { bandRank: number; isTied: boolean }

interface FactsRow extends Pick<CaseHeader, 'owner' | 'requester' | 'patient'> {
  id: CaseId
  parts: (Part | 'owner')[]
  holders: PractitionerId[]
  neighbours: Neighbour[]
}

// $1 the CPTS, $2 the cases; $3 whether the reader coordinates, who alone is told the neighbours: a practitioner or a ward
// takes part in one case, not in the others of its story and of its patient. $4 to $6: as whom the others take part; $7 whether they
// act for somebody, and then for whom on each case.
const text = `select c.id,
  (select json_build_object('id', a.id, 'displayName', a.display_name) from accounts a where a.id = c.owner_id) as owner,
  (select a.display_name from accounts a where a.id = c.requester_id) as requester,
  (select json_build_object('id', p.id, 'firstName', p.first_name, 'lastName', p.last_name, 'birthDate', p.birth_date,
      'sex', p.sex, 'municipality', m.name)
    from patients p join municipalities m on m.code = p.municipality_code
    where p.cpts_id = $1 and p.id = c.patient_id) as patient,
  case when $3::boolean then '{}'::text[] else array(
    select distinct t.part from case_participants t
    where t.cpts_id = $1 and t.case_id = c.id and t.until is null
      and (t.practitioner_id = any($4::uuid[]) or t.account_id = $5::uuid or t.unit_id = any($6::uuid[]))) end as parts,
  case when $7::boolean then array(
    select distinct t.practitioner_id from case_participants t
    where t.cpts_id = $1 and t.case_id = c.id and t.until is null and t.practitioner_id = any($4::uuid[]))
    else '{}'::uuid[] end as holders,
  case when not $3::boolean then '[]'::json else (
    select coalesce(json_agg(json_build_object('id', n.id, 'kind', n.kind, 'reference', n.reference, 'status', n.status,
      'bandRank', n.band_rank, 'isTied', near.is_tied) order by n.opened_at desc, n.id desc), '[]'::json)
    from (
      select id, bool_or(is_tied) as is_tied from (
        select l.linked_case_id as id, true as is_tied from case_links l where l.cpts_id = $1 and l.case_id = c.id
        union all select l.case_id, true from case_links l where l.cpts_id = $1 and l.linked_case_id = c.id
        union all select s.id, false from cases s where s.cpts_id = $1 and s.patient_id = c.patient_id
      ) each_one group by id
    ) near join cases n on n.cpts_id = $1 and n.id = near.id where n.id <> c.id) end as neighbours
from cases c where c.cpts_id = $1 and c.id = any($2::uuid[])`

/** What surrounds these cases for this actor, by case: one statement. */
async function factsOf(db: Db, actor: Actor, ids: readonly CaseId[]): Promise<Map<CaseId, FactsRow>> {
  const isCoordinator = actor.role === 'coordinator'
  const { cptsId, accountId, unitIds } = actor
  const holders = practitionersOf(actor, 'follow-patients')
  const values = [cptsId, [...ids], isCoordinator, holders, accountId, [...unitIds], actor.role === 'secretary']
  const rows = await queryRows<FactsRow>(db, { name: 'case_facts', text, values })
  return new Map(rows.map((row) => [row.id, row]))
}

const bandOf = (rank: number): Band => bands[rank - 1] ?? 'P4'

/** The cases of the same story apart from those of the same patient alone. */
function neighboursIn({ neighbours }: FactsRow): Pick<CaseHeader, 'linkedCases' | 'patientCases'> {
  const told = (tied: boolean): CaseHeader['linkedCases'] =>
    neighbours
      .filter(({ isTied }) => isTied === tied)
      .map(({ bandRank, isTied: _tied, ...one }) => ({ ...one, band: bandOf(bandRank) }))
  return { linkedCases: told(true), patientCases: told(false) }
}

/** A case's header as an actor reads it, and as whom they may act on it. */
export interface Described {
  readonly header: CaseHeader
  readonly asker: Asker
  /** For a secretary: those of their practitioners who hold this very case. Empty for everybody else. */
  readonly holders: readonly PractitionerId[]
}

/**
 * The headers of these cases as this actor may read them, with what they may do. Contributions explain a priority to
 * coordinators alone: among them is the cover, for which no practitioner may decline.
 */
export async function describeCases(
  db: Db,
  actor: Actor,
  kinds: CaseKinds,
  rows: readonly CaseRow[],
): Promise<(row: CaseRow) => Described> {
  const facts = await factsOf(
    db,
    actor,
    rows.map(({ id }) => id),
  )
  return (row) => {
    const found = facts.get(row.id)
    if (!found) throw new Error('A case that was just read is gone')
    return describe(actor, kinds, row, found)
  }
}

function describe(actor: Actor, kinds: CaseKinds, row: CaseRow, facts: FactsRow): Described {
  const asker = { role: actor.role, parts: facts.parts.filter((part) => part !== 'owner') }
  const { override: _kept, ...withoutOverride } = row.priority
  const header: CaseHeader = {
    id: row.id,
    reference: row.reference,
    kind: row.kind,
    status: row.status,
    statusReason: toldReason(actor, row.statusReason),
    openedAt: row.openedAt.toISOString(),
    registeredAt: row.registeredAt.toISOString(),
    channel: row.channel,
    priority: actor.role === 'coordinator' ? row.priority : { ...withoutOverride, contributions: [] },
    dueAt: row.dueAt?.toISOString() ?? null,
    dueCode: row.dueCode,
    owner: facts.owner,
    requester: facts.requester,
    patient: facts.patient,
    ...neighboursIn(facts),
    allowedActions: allowedActions(kinds[row.kind].machine, row.status, asker),
    version: row.version,
  }
  return { header, asker, holders: facts.holders }
}

/** The header of one case: see `describeCases`. */
export async function describeCase(db: Db, actor: Actor, kinds: CaseKinds, row: CaseRow): Promise<CaseHeader> {
  const describedAs = await describeCases(db, actor, kinds, [row])
  return describedAs(row).header
}
