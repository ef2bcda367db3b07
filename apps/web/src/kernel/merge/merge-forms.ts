/** A field that two people changed at once, each in their way. */
export interface Collision {
  field: string
  base: unknown
  mine: unknown
  theirs: unknown
}

export interface Merged<T> {
  /** What both did, put together; where they collide, what was typed here stays until somebody chooses. */
  values: T
  collisions: Collision[]
  /** Fields that were left alone here and that somebody else changed. */
  taken: string[]
}

/** What to keep of a collision; `both` for words alone: one after the other. */
export type Choice = 'mine' | 'theirs' | 'both'

const same = (one: unknown, other: unknown): boolean => written(one) === written(other)

/** Keys in one order, nothing and an absent field alike: an object rebuilt by a form is still the same. */
const written = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )

/**
 * Puts together what was typed here and what somebody else saved meanwhile; `base` is what both began from. No word
 * typed is ever dropped: a field changed on one side alone takes that side, one changed on both is a collision.
 */
export function mergeForms<T extends object>(base: T, mine: T, theirs: T): Merged<T> {
  const values: Record<string, unknown> = Object.fromEntries(Object.entries(theirs))
  const collisions: Collision[] = []
  const taken: string[] = []
  const sides = [base, mine, theirs].map((side) => new Map<string, unknown>(Object.entries(side)))
  for (const field of new Set(sides.flatMap((side) => [...side.keys()]))) {
    const [was, typed, saved] = sides.map((side) => side.get(field))
    if (same(typed, saved)) values[field] = saved
    else if (same(typed, was)) taken.push(field)
    else if (same(saved, was)) values[field] = typed
    else {
      const list = mergeLists(was, typed, saved)
      values[field] = list ?? typed
      if (!list) collisions.push({ field, base: was, mine: typed, theirs: saved })
    }
  }
  // The fields are those of the three sides, each with a value of one of them.
  return { values: values as T, collisions, taken }
}

const isList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

/** Ticks of a list do not collide: what one added or took away adds to what the other did. */
function mergeLists(base: unknown, mine: unknown, theirs: unknown): string[] | undefined {
  const was = base ?? []
  if (!isList(was) || !isList(mine) || !isList(theirs)) return undefined
  const added = mine.filter((one) => !was.includes(one) && !theirs.includes(one))
  const removed = was.filter((one) => !mine.includes(one))
  return [...theirs.filter((one) => !removed.includes(one)), ...added]
}

/** Words may be kept one after the other; a date or a choice may not. */
export const mayKeepBoth = ({ mine, theirs }: Collision): boolean =>
  typeof mine === 'string' && typeof theirs === 'string' && [mine, theirs].every((words) => /\s/.test(words.trim()))

/** Both texts: what each added to the same beginning, else theirs and then ours. */
export function bothTexts({ base, mine, theirs }: Collision): string {
  const [was, typed, saved] = [base, mine, theirs].map((words) => (typeof words === 'string' ? words.trim() : ''))
  if (was === undefined || typed === undefined || saved === undefined) return ''
  const isAdded = was !== '' && typed.startsWith(was) && saved.startsWith(was)
  return `${saved}\n${isAdded ? typed.slice(was.length).trim() : typed}`
}

/** The form once each collision was settled; what nobody chose keeps the words typed here. */
export function settled<T extends object>(merged: Merged<T>, choices: Readonly<Record<string, Choice>>): T {
  const values: Record<string, unknown> = Object.fromEntries(Object.entries(merged.values))
  for (const collision of merged.collisions) {
    const choice = choices[collision.field] ?? 'mine'
    if (choice === 'theirs') values[collision.field] = collision.theirs
    if (choice === 'both') values[collision.field] = bothTexts(collision)
  }
  // Each value is one side's, or two texts in one.
  return values as T
}
