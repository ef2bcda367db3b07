import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Db } from '../platform/db/database.ts'
import { queryRows } from '../platform/db/named-query.ts'
import { type Calendar, defaultOpeningHours, type OpeningHours } from './calendar.ts'

interface CalendarRow {
  time_zone: string
  opening_hours: OpeningHours | null
  closed: string[]
}

// Every act begins with this one.
const text = `select c.time_zone, c.opening_hours, array(
    select h.day::text from public_holidays h where h.zone = c.holiday_zone
    union all
    select d.day::text from closed_days d where d.cpts_id = c.id
  ) as closed
from cpts c where c.id = $1`

/** The calendar of a CPTS: its hours, with the holidays of its zone and its own closed days. One statement. */
export async function loadCalendar(tx: Db, cptsId: CptsId): Promise<Calendar> {
  const [row] = await queryRows<CalendarRow>(tx, { name: 'calendar', text, values: [cptsId] })
  if (!row) throw new Error('The CPTS of this act does not exist')
  return { timeZone: row.time_zone, hours: row.opening_hours ?? defaultOpeningHours, closed: new Set(row.closed) }
}
