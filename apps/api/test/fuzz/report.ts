import type { Draft } from './world.ts'

interface Line {
  statuses: Map<number, number>
  callers: Set<string>
  /** Refusals of the requests that meant to be right, by role and code. */
  refusals: Map<string, number>
}

const classes = ['2xx', '409', '401/403', '404', '400/413/415/422', '5xx'] as const

const classOf = (status: number): (typeof classes)[number] => {
  if (status < 400) return '2xx'
  if (status === 409) return '409'
  if (status === 401 || status === 403) return '401/403'
  if (status === 404) return '404'
  return status < 500 ? '400/413/415/422' : '5xx'
}

/** Counts what was sent and what was answered, by operation. */
export class Report {
  readonly #lines = new Map<string, Line>()
  readonly styles = new Map<string, number>()
  sent = 0
  reached = 0

  add(draft: Draft, status: number, code: string | undefined): void {
    const { operation, caller, style } = draft
    const line = this.#lines.get(operation.id) ?? { statuses: new Map(), callers: new Set(), refusals: new Map() }
    this.#lines.set(operation.id, line)
    line.statuses.set(status, (line.statuses.get(status) ?? 0) + 1)
    line.callers.add(caller.name)
    this.sent += 1
    if (status < 300 || status === 304 || status === 409) this.reached += 1
    this.styles.set(style, (this.styles.get(style) ?? 0) + 1)
    const why = `${caller.name} ${status} ${code ?? ''}`.trim()
    if (style === 'valid' && status >= 400 && status !== 409) line.refusals.set(why, (line.refusals.get(why) ?? 0) + 1)
  }

  callersOf(operation: string): ReadonlySet<string> {
    return this.#lines.get(operation)?.callers ?? new Set()
  }

  /** Operations that acted in less than half of their requests, with what refused them most. */
  below(): { id: string; share: number; why: string }[] {
    return [...this.#lines].flatMap(([id, { statuses, refusals }]) => {
      const [all, reached] = totals(statuses)
      if (reached >= all / 2) return []
      const top = [...refusals].sort(([, one], [, other]) => other - one).slice(0, 4)
      return [{ id, share: reached / all, why: top.map(([why, count]) => `${why} ×${count}`).join(', ') }]
    })
  }

  /** One line an operation. */
  table(): string {
    const rows = [...this.#lines]
      .sort(([one], [other]) => one.localeCompare(other, 'en'))
      .map(([id, line]) => {
        const counts = classes.map((name) => sum([...line.statuses].filter(([status]) => classOf(status) === name)))
        const [all, reached] = totals(line.statuses)
        return [id, all, ...counts, `${Math.round((100 * reached) / all)} %`, line.callers.size].join(' | ')
      })
    return [['operation', 'sent', ...classes, 'reached', 'callers'].join(' | '), ...rows].join('\n')
  }
}

const sum = (pairs: readonly (readonly [number, number])[]): number => pairs.reduce((all, [, count]) => all + count, 0)

function totals(statuses: ReadonlyMap<number, number>): [number, number] {
  const pairs = [...statuses]
  return [sum(pairs), sum(pairs.filter(([status]) => status < 400 || status === 409))]
}
