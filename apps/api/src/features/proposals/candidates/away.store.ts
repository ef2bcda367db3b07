import type { AwayCandidate } from '@maillage/contracts/candidates'
import type { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId, PractitionerId } from '@maillage/contracts/kit/ids'
import type { CandidateRequest } from '../../../kernel/context.ts'
import type { Db } from '../../../platform/db/database.ts'
import { queryRows } from '../../../platform/db/named-query.ts'

interface AwayRow {
  name: string
  until: DayDate
  replacement_id: PractitionerId | null
  replacement: string
  phone: string | null
}

/** More than a coordinator reads beside a list of candidates. */
const mostShown = 8

const text = `select p.display_name as name, a.until_day::text as until, a.replacement_id,
  coalesce(r.display_name, a.replacement_name) as replacement, coalesce(r.practice_phone, a.replacement_phone) as phone
from absences a
join practitioners p on p.cpts_id = $1 and p.id = a.practitioner_id
left join practitioners r on r.cpts_id = $1 and r.id = a.replacement_id
where a.cpts_id = $1 and p.profession = $2 and p.gone_at is null and (p.is_general_practitioner or not $4::boolean)
  and coalesce(r.display_name, a.replacement_name) is not null and r.gone_at is null
  and ($3::timestamptz at time zone (select time_zone from cpts where id = $1))::date between a.from_day and a.until_day
order by p.search, p.id limit ${mostShown}`

/**
 * Who of this profession is away today and said who stands in. Somebody of the directory may be asked when they are a
 * candidate themselves; a name and a phone is a call to make, and never where places are taken: a locum is nobody's
 * médecin traitant (domain notes B1).
 */
export async function listAway(
  db: Db,
  cptsId: CptsId,
  { profession, generalPractitionerOnly, places }: CandidateRequest,
  candidates: ReadonlySet<PractitionerId>,
  now: Date,
): Promise<AwayCandidate[]> {
  const values = [cptsId, profession, now, generalPractitionerOnly]
  const rows = await queryRows<AwayRow>(db, { name: 'away_with_replacement', text, values })
  return rows.map((row) => ({
    displayName: row.name,
    until: row.until,
    replacement: {
      practitionerId: row.replacement_id,
      name: row.replacement,
      phone: row.phone,
      mayBeAsked: row.replacement_id ? candidates.has(row.replacement_id) : places === 0,
    },
  }))
}
