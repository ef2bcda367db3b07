type Form = Readonly<Record<string, unknown>>

const isForm = (value: unknown): value is Form => typeof value === 'object' && value !== null && !Array.isArray(value)
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * A draft that came after the first keys: what was typed meanwhile, field by field what is no longer `blank`, is newer
 * than the draft and stays; the draft fills in the rest.
 */
export function withTyped(draft: Form, blank: Form, typed: Form): Record<string, unknown> {
  const all: Record<string, unknown> = { ...draft }
  for (const [name, now] of Object.entries(typed)) {
    const [before, kept] = [blank[name], draft[name]]
    if (isSame(now, before)) continue
    all[name] = isForm(now) && isForm(kept) ? withTyped(kept, isForm(before) ? before : {}, now) : now
  }
  return all
}
