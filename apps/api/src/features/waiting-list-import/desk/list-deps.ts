import { type DayDate, dayIn } from '@maillage/contracts/kit/dates'
import type { Actor } from '../../../kernel/actor.ts'
import { loadCalendar } from '../../../kernel/calendar.store.ts'
import type { Deps } from '../../../kernel/context.ts'
import type { MunicipalityFinder } from '../../../kernel/patients/municipality-finder.ts'

/** What acts on lists need beside what every act does: the communes of the country. */
export interface ListDeps extends Deps {
  readonly municipalities: () => MunicipalityFinder
}

/** The day in the CPTS, by which a list is read: outside any transaction, since reading a list takes its time. */
export async function todayOf(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { cptsId }: Pick<Actor, 'cptsId'>,
): Promise<DayDate> {
  const { timeZone } = await db.read(cptsId, (reader) => loadCalendar(reader, cptsId))
  return dayIn(timeZone, now())
}
