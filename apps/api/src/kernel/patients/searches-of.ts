/**
 * The cases of somebody, as a sub-select of a statement whose `$1` is the CPTS: those opened under their name, and the
 * search of the household among which they stand.
 */
export const casesOfPerson = (patient: string): string => `(
  select s.id from cases s where s.cpts_id = $1 and s.patient_id = ${patient}
  union select m.case_id from gp_search_members m where m.cpts_id = $1 and m.patient_id = ${patient})`

/**
 * The same for several people, as an array that PostgreSQL does not see: the plan that it keeps then starts from the
 * people, whoever is typed. `patients` is itself such an array.
 */
export const casesOfPeople = (patients: string): string => `array(
  select s.id from cases s where s.cpts_id = $1 and s.patient_id = any(${patients})
  union all select m.case_id from gp_search_members m where m.cpts_id = $1 and m.patient_id = any(${patients}))`
