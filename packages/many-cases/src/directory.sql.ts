import { foundedMs, numberIn } from './territory.sql.ts'
import { staffOf, type Volume } from './volume.ts'

/**
 * Each twenty of the directory: seven general practitioners, two other physicians, four nurses, two physiotherapists, and
 * one each of five more professions. Ranks within a profession are turned into places by the same arithmetic elsewhere.
 */
const profession = `case when i % 20 < 9 then 'physician' when i % 20 < 13 then 'nurse' when i % 20 < 15 then 'physiotherapist'
  when i % 20 = 15 then 'pharmacist' when i % 20 = 16 then 'midwife' when i % 20 = 17 then 'dentist'
  when i % 20 = 18 then 'speech-therapist' else 'psychologist' end`

/** The directory, as an import of the national one and some declarations by hand leave it. */
export function directory(volume: Volume): string[] {
  const founded = foundedMs(volume)
  return [
    `insert into practitioners (cpts_id, id, last_name, first_name, display_name, gender, profession, is_general_practitioner,
        specialty, rpps, practice_name, practice_line, practice_postal_code, municipality_code, practice_phone, practice_email,
        home_visits, accessible, languages, search, imported_at, created_at, updated_at)
      select cpts_id, pg_temp.id_of('practitioner', n, ${founded}), last_name, first_name,
        case when profession in ('physician', 'dentist') then 'Dr ' else '' end || first_name || ' ' || last_name, sex, profession,
        i % 20 < 7, case when i % 20 < 7 then 'SM26' when i % 20 = 7 then 'SM04' when i % 20 = 8 then 'SM18' end,
        '99' || lpad(n::text, 9, '0'), 'Cabinet des Tilleuls ' || i / 5, 1 + i % 90 || ' avenue des Acacias', postals[commune],
        communes[commune], case when i % 19 <> 17 then pg_temp.phone(n, 5) end, null,
        case i % 3 when 0 then true when 1 then false end, case when i % 5 < 3 then true end,
        case when i % 11 = 0 then array['anglais'] when i % 23 = 0 then array['arabe'] else '{}' end,
        pg_temp.folded(last_name || ' ' || first_name), pg_temp.at_ms(${founded}), pg_temp.at_ms(${founded}), pg_temp.at_ms(${founded})
      from (
        select t.id as cpts_id, i, communes, postals, ${numberIn('t', 'i')} as n, ${profession} as profession, sex,
          1 + pg_temp.skewed(${numberIn('t', 'i')}, 3, cardinality(communes)) as commune,
          pg_temp.surname(${numberIn('t', 'i')}, 70) as last_name, pg_temp.first_name(${numberIn('t', 'i')}, sex) as first_name
        from tenants t cross join generate_series(0, ${staffOf(volume).practitioners - 1}) i
        cross join lateral (select case when pg_temp.draw(${numberIn('t', 'i')}, 2, 100) < 55 then 'female' else 'male' end as sex) s
      ) drawn`,
    `insert into absences (cpts_id, id, practitioner_id, from_day, until_day)
      select p.cpts_id, pg_temp.id_of('absence', ${numberIn('t', 'i')}, ${founded}), p.id, p.day, p.day + 12
      from (
        select t.id as cpts_id, t.t, i, pg_temp.id_of('practitioner', ${numberIn('t', 'i')}, ${founded}) as id,
          (pg_temp.at_ms(${volume.at.getTime()}) at time zone 'Europe/Paris')::date + pg_temp.draw(${numberIn('t', 'i')}, 4, 60) - 20 as day
        from tenants t cross join generate_series(0, ${staffOf(volume).practitioners - 1}) i where i % 7 = 3
      ) p`,
  ]
}

/** Declarations older than this were made anew since: the places that acceptances took before are forgotten. */
export const declaredDaysAgo = 60

/**
 * Four physicians in five declared places, some weeks ago: what has been taken since, and from none to six more. To be
 * run once the proposals stand.
 */
export const intake = (volume: Volume): string[] => {
  const declaredMs = volume.at.getTime() - declaredDaysAgo * 86_400_000
  return [
    `insert into intake_capacities (cpts_id, practitioner_id, places, period, declared_at, home_visits, max_distance_km)
      select p.cpts_id, p.id, coalesce(o.taken, 0) + (hashtext(p.id::text) & 7) % 7, 2, pg_temp.at_ms(${declaredMs}),
        coalesce(p.home_visits, false), case when (hashtext(p.id::text) & 3) = 0 then 15 end
      from practitioners p join tenants t on t.id = p.cpts_id
      left join (
        select cpts_id, practitioner_id, sum(places_taken) as taken from proposals
        where status = 'accepted' and capacity_period = 2 group by cpts_id, practitioner_id
      ) o on o.cpts_id = p.cpts_id and o.practitioner_id = p.id
      where p.profession = 'physician' and hashtext(p.id::text) % 5 <> 0`,
  ]
}
