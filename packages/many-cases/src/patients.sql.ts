import type { Volume } from './volume.ts'

/** The people that the cases are about, and the words by which they are found, as the application writes them. */
export const patients = ({ at, cpts }: Volume): string[] => [
  `create temp table people as
    select cpts_id, patient_id, commune, postal, sex, birth_name, pg_temp.first_name(n, sex) as first_name,
      case when sex = 'female' and pg_temp.draw(n, 46, 10) < 4 then pg_temp.surname(n, 52) else birth_name end as last_name,
      (pg_temp.at_ms(${at.getTime()} - 86400000) at time zone 'UTC')::date - pg_temp.draw(n, 47, 35000) as birth_date,
      array_remove(array[pg_temp.phone(n, 48), case when pg_temp.draw(n, 53, 4) = 0 then pg_temp.phone(n, 54) end], null) as phones,
      1 + pg_temp.draw(n, 55, 120) || ' rue des Glycines' as address, opened_ms
    from (
      select plan.*, case when pg_temp.draw(n, 45, 100) < 54 then 'female' else 'male' end as sex,
        pg_temp.surname(n, 41) || case when pg_temp.draw(n, 56, 33) = 0 then '-' || pg_temp.surname(n, 57) else '' end as birth_name
      from plan where n = person
    ) drawn
    order by n`,
  `insert into patients (cpts_id, id, birth_name, last_name, first_name, birth_date, sex, phones, address_line, postal_code,
      municipality_code, traits, created_at, updated_at)
    select cpts_id, patient_id, birth_name, last_name, first_name, birth_date, sex, phones, address, postal, commune,
      pg_temp.folded(birth_name) || '|' || pg_temp.folded(first_name) || '|' || birth_date || '|' || sex,
      pg_temp.at_ms(opened_ms), pg_temp.at_ms(opened_ms)
    from people`,
  // In the order of the index: a million people have eight million words.
  `insert into patient_search_tokens (cpts_id, token, patient_id)
    select cpts_id, token, patient_id from (
      select distinct cpts_id, token collate "C" as token, patient_id
      from (
        select cpts_id, patient_id, phones, pg_temp.folded(birth_name) as birth, pg_temp.folded(last_name) as last,
          pg_temp.folded(first_name) as first from people
      ) folded
      cross join lateral unnest(
        string_to_array(first || ' ' || birth || ' ' || last, ' ')
          || array[birth || ' ' || first, first || ' ' || birth, last || ' ' || first, first || ' ' || last]
          || phones || array[overlay(phones[1] placing '0' from 1 for 3), overlay(phones[2] placing '0' from 1 for 3)]
      ) token
      where token is not null
    ) words
    order by ${cpts === 1 ? '' : 'cpts_id, '}token, patient_id`,
]
