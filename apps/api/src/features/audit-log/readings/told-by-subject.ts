import type { ReadingWay } from '@maillage/contracts/trail/readings'
import { isOutside, isPart, wayOf } from '../../../kernel/record/reading-way.ts'
import type { TrailLine } from '../../../kernel/record/trail.ts'

/** No account, and nobody's place: an id that no row bears, for columns of a key hold no null. */
export const nobody = '00000000-0000-0000-0000-000000000000'

/** A case or a patient, and who was shown it: a row of `subject_readings`. */
export interface ToldReading {
  readonly subjectId: string
  readonly day: string
  readonly actorId: string
  readonly role: string
  readonly way: ReadingWay
  readonly onBehalfOf: string
  readonly firstAt: Date
  readonly lastAt: Date
  readonly times: number
}

/** What the lines alone do not say. */
export interface About {
  /** The day of an instant in the CPTS. */
  readonly dayOf: (at: Date) => string
  /** Who seeks together with the patient of a case: whoever opens it reads of them too. */
  readonly membersOf: (caseId: string) => readonly string[]
}

/** The trail's lines told by subject: a reading a day, a reader and a way, with the first, the last and how many. */
export function toldBySubject(lines: readonly TrailLine[], about: About): ToldReading[] {
  const told = new Map<string, ToldReading>()
  for (const line of lines)
    for (const { subjectId, way, times } of subjectsOf(line, about)) {
      const actorId = line.actorId ?? nobody
      const onBehalfOf = line.onBehalfOf ?? nobody
      const role = isOutside(line.action) ? 'patient' : line.role
      const day = about.dayOf(line.at)
      const key = [subjectId, day, actorId, role, way, onBehalfOf].join(' ')
      const known = told.get(key)
      told.set(key, {
        ...{ subjectId, day, actorId, role, way, onBehalfOf },
        firstAt: known && known.firstAt < line.at ? known.firstAt : line.at,
        lastAt: known && known.lastAt > line.at ? known.lastAt : line.at,
        times: (known?.times ?? 0) + times,
      })
    }
  return [...told.values()]
}

type Subject = Pick<ToldReading, 'subjectId' | 'way' | 'times'>

function subjectsOf(line: TrailLine, { membersOf }: About): Subject[] {
  const way = wayOf(line)
  if (!way) return []
  const named = line.caseId ?? line.patientId
  const times = isPart(line.action) ? 0 : 1
  const members = line.caseId && way !== 'refused' && way !== 'traced' ? membersOf(line.caseId) : []
  const shownWay = way === 'found' ? way : 'listed'
  const shown = (line.shown ?? []).filter((id) => id !== named)
  return [
    ...[...(named ? [named] : []), ...members].map((subjectId) => ({ subjectId, way, times })),
    ...shown.map((subjectId) => ({ subjectId, way: shownWay, times: 1 }) as const),
  ]
}
