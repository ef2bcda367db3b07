import type { ScenarioClock } from './scenario-clock.ts'

/** One declaration of places: those promised in the stories never exceed it. */
export interface PlacePeriod {
  readonly from: Date
  readonly places: number
  /** Kept free so that whoever is asked and says no had room when asked. */
  readonly kept: number
  promised: number
}

/** What a practitioner declared over two years. */
export interface Places {
  readonly periods: readonly PlacePeriod[]
}

/** Every four months a practitioner opens places anew; the last time some weeks ago. */
export function placesOver(clock: ScenarioClock, places: number, index: number, hasAccount: boolean): Places {
  const starts = [-740, -640, -540, -440, -340, -250, -160, -75]
  const periods = starts.map((days, n) => {
    const isLast = n === starts.length - 1
    // Whoever tries the demo accounts must still find places to give.
    const kept = isLast && hasAccount ? 3 : 1
    return { from: clock.at(days - (index % 5), 9, index % 60), places: places + (isLast ? 2 : 0), kept, promised: 0 }
  })
  return { periods }
}

const periodAt = ({ periods }: Places, at: Date): PlacePeriod | undefined =>
  periods.findLast(({ from }) => from.getTime() <= at.getTime())

/** Promises places between two hours of a story, or says that there is no room. */
export function promise(places: Places, from: Date, until: Date, wanted: number): boolean {
  const period = periodAt(places, from)
  if (!period || period !== periodAt(places, until)) return false
  if (period.promised + wanted > period.places - period.kept) return false
  period.promised += wanted
  return true
}

/** Is there room to be asked at this hour, whatever the answer will be? */
export function hasRoom(places: Places, at: Date, wanted: number): boolean {
  const period = periodAt(places, at)
  return period !== undefined && wanted <= period.kept
}
