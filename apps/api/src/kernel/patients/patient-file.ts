import type { PatientId } from '@maillage/contracts/kit/ids'
import type { Patient } from '@maillage/contracts/patients'
import type { Db } from '../../platform/db/database.ts'
import { queryRows } from '../../platform/db/named-query.ts'
import type { PatientRow } from './patient.store.ts'
import { casesOfPerson } from './searches-of.ts'

type Around = Pick<Patient, 'cases' | 'mergedRecords' | 'possibleDuplicates'> & {
  municipality: string | null
  members: NonNullable<Patient['household']>['members']
}

const byOpening = `order by c.opened_at desc, c.id desc`

const text = `select
  (select name from municipalities where code = $4) as municipality,
  (select coalesce(json_agg(json_build_object('id', c.id, 'kind', c.kind, 'reference', c.reference, 'status', c.status,
      'openedAt', c.opened_at) ${byOpening}), '[]')
    from cases c where c.cpts_id = $1 and c.id in ${casesOfPerson('$2')}) as cases,
  (select coalesce(json_agg(json_build_object('id', h.id, 'displayName', h.first_name || ' ' || h.last_name,
      'birthDate', h.birth_date, 'search', (
        select json_build_object('reference', c.reference, 'status', c.status) from cases c
        where c.cpts_id = $1 and c.kind = 'gp-search' and c.is_open and c.id in ${casesOfPerson('h.id')} limit 1))
      order by h.birth_date, h.id), '[]')
    from patients h where h.cpts_id = $1 and h.household_id = $3) as members,
  (select coalesce(json_agg(json_build_object('id', o.id, 'displayName', o.first_name || ' ' || o.last_name,
      'birthDate', o.birth_date) order by o.id), '[]')
    from patients o where o.cpts_id = $1 and o.merged_into_id = $2) as "mergedRecords",
  (select coalesce(json_agg(json_build_object('id', d.id, 'patientId', o.id, 'displayName', o.first_name || ' ' || o.last_name,
      'score', d.score) order by d.score desc, d.id), '[]')
    from (
      select id, score, other_id as with_id from duplicate_pairs where cpts_id = $1 and one_id = $2 and status = 'suspected'
      union all
      select id, score, one_id from duplicate_pairs where cpts_id = $1 and other_id = $2 and status = 'suspected'
    ) d join patients o on o.cpts_id = $1 and o.id = d.with_id and o.merged_into_id is null) as "possibleDuplicates"`

/** A patient's file as a coordinator reads it, with whom they live with and the records that may be theirs too. */
export async function describePatient(db: Db, row: PatientRow): Promise<Patient> {
  const values = [row.cptsId, row.id, row.householdId, row.municipalityCode]
  const [found] = await queryRows<Around>(db, { name: 'patient_file', text, values })
  if (!found) throw new Error('A statement without a table answered nothing')
  const { municipality, members, cases, ...around } = found
  return {
    id: row.id,
    birthName: row.birthName,
    lastName: row.lastName,
    firstName: row.firstName,
    birthDate: row.birthDate,
    sex: row.sex,
    phones: row.phones,
    email: row.email,
    address: {
      line: row.addressLine,
      complement: row.addressComplement,
      postalCode: row.postalCode,
      municipality: row.municipalityCode,
      municipalityName: municipality ?? '',
    },
    guardian: row.guardian,
    caregiver: row.caregiver,
    trustedPerson: row.trustedPerson,
    interpreterLanguage: row.interpreterLanguage,
    hoursToCall: row.hoursToCall,
    noVoicemail: row.noVoicemail,
    household: row.householdId ? { id: row.householdId, size: members.length, members } : null,
    deceasedOn: row.deceasedOn,
    cases: cases.map((one) => ({ ...one, openedAt: new Date(one.openedAt).toISOString() })),
    ...around,
    version: row.version,
  }
}

/** Whom a file names beside its own patient: the trail must tell that they were shown too. */
export const namedIn = ({ household, mergedRecords, possibleDuplicates }: Patient): PatientId[] => [
  ...(household?.members ?? []).map(({ id }) => id),
  ...mergedRecords.map(({ id }) => id),
  ...possibleDuplicates.map(({ patientId }) => patientId),
]

/** Follows a record to the one that it was merged into, however often; itself when it never was. */
export async function keptRecordOf(db: Db, { cptsId, id, mergedIntoId }: PatientRow): Promise<PatientId> {
  if (!mergedIntoId) return id
  const followed = `with recursive followed as (
    select id, merged_into_id, 1 as step from patients where cpts_id = $1 and id = $2
    union all
    select p.id, p.merged_into_id, f.step + 1 from followed f
    join patients p on p.cpts_id = $1 and p.id = f.merged_into_id where f.step < 50)
  select id from followed where merged_into_id is null`
  const [last] = await queryRows<{ id: PatientId }>(db, { name: 'kept_record', text: followed, values: [cptsId, id] })
  if (!last) throw new Error('A merged record leads nowhere')
  return last.id
}
