import { staffOf, type Volume } from './volume.ts'

/** Who was there before anything was opened: a little over two years ago. */
export const foundedMs = ({ at }: Volume): number => at.getTime() - 760 * 86_400_000

/** A general practitioner's place in the directory, from their rank among them: seven in each twenty. */
export const generalPractitioner = (rank: string): string => `((${rank}) / 7 * 20 + (${rank}) % 7)`

/** The number that a person or a place of a territory is drawn from. */
export const numberIn = (t: string, index: string): string => `(${t} * 100000::bigint + ${index})`

/** The territories: neighbouring communes each, a department after the other, the Gironde first. */
export function territories(volume: Volume): string[] {
  const { cpts } = volume
  const founded = foundedMs(volume)
  return [
    `create temp table tenants as
      with departments as (
        select department, row_number() over (order by department <> '33', department) - 1 as place, count(*) over () as total
        from municipalities where latitude is not null group by department having count(*) > 60
      ), ranked as (
        select d.place, d.total, m.code, m.postal_codes[1] as postal,
          (row_number() over (partition by m.department order by m.population desc nulls last, m.code) - 1) / 30 as slice
        from municipalities m join departments d using (department) where m.latitude is not null
      )
      select t, pg_temp.id_of('cpts', t, ${founded}) as id, array_agg(code order by code) as communes,
        array_agg(postal order by code) as postals
      from generate_series(1, ${cpts}::bigint) t
      join ranked r on r.place = (t - 1) % r.total and r.slice = (t - 1) / r.total
      group by t`,
    `insert into cpts (id, name, created_at) select id, 'CPTS du volume ' || t, pg_temp.at_ms(${founded}) from tenants`,
    `insert into cpts_municipalities (cpts_id, municipality_code)
      select id, code from tenants cross join lateral unnest(communes) code`,
    `insert into organizations (cpts_id, id, name, kind)
      select id, pg_temp.id_of('organization', t, ${founded}), 'Centre hospitalier du volume ' || t, 'hospital' from tenants`,
    `insert into organization_units (cpts_id, id, organization_id, name, phone)
      select id, pg_temp.id_of('unit', ${numberIn('t', 'u')}, ${founded}), pg_temp.id_of('organization', t, ${founded}),
        (array['Médecine', 'Orthopédie', 'Gériatrie', 'Cardiologie'])[u], pg_temp.phone(${numberIn('t', 'u')}, 1)
      from tenants cross join generate_series(1, ${staffOf(volume).wards}) u`,
    ...people(volume),
  ]
}

/** Accounts with a role each; the address is what `emailOf` tells. */
function people(volume: Volume): string[] {
  const founded = foundedMs(volume)
  const { coordinators, practitionerAccounts, wards } = staffOf(volume)
  const digest = volume.passwordHash.replaceAll("'", "''")
  return [
    `create temp table staff as
      select t, id as cpts_id, part, role, nth, pg_temp.id_of(part, ${numberIn('t', 'nth')}, ${founded}) as account_id,
        pg_temp.id_of(part || ' hat', ${numberIn('t', 'nth')}, ${founded}) as membership_id
      from tenants cross join lateral (
        select 'coordination' as part, 'coordinator' as role, nth from generate_series(1, ${coordinators}) nth
        union all select 'medecin', 'practitioner', nth from generate_series(1, ${practitionerAccounts}) nth
        union all select 'service', 'hospital_staff', nth from generate_series(1, ${wards}) nth
      ) s`,
    `insert into accounts (id, email, display_name, password_hash, is_second_factor_exempt, created_at)
      select account_id, part || '-' || t || '-' || nth || '@volume.example',
        pg_temp.first_name(${numberIn('t', 'nth')}, 'female') || ' ' || pg_temp.surname(${numberIn('t', 'nth')}, 60), '${digest}', true,
        pg_temp.at_ms(${founded}) from staff`,
    `insert into memberships (cpts_id, id, account_id, role, practitioner_id, is_health_professional, created_at)
      select cpts_id, membership_id, account_id, role, case when role = 'practitioner'
        then pg_temp.id_of('practitioner', ${numberIn('t', generalPractitioner('nth - 1'))}, ${founded}) end,
        true, pg_temp.at_ms(${founded}) from staff`,
    `insert into membership_units (cpts_id, membership_id, unit_id)
      select cpts_id, membership_id, pg_temp.id_of('unit', ${numberIn('t', 'nth')}, ${founded}) from staff where part = 'service'`,
  ]
}
