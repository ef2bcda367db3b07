import type { Draft } from './world.ts'

type Style = Draft['style']

interface Line {
  readonly statuses: Map<number, number>
  readonly styles: Record<Style, number>
  /** Of those that meant to be right. */
  validReached: number
  readonly callers: Set<string>
  /** Refusals of the requests that meant to be right, by role and code. */
  readonly refusals: Map<string, number>
}

/** Operations that no run can lead to an act, each with what keeps it from one; the test refuses one that did act. */
export const unreachable: Readonly<Record<string, string>> = {}

/** Whatever is neither a refusal nor a failure, and a refusal for what was done meanwhile: the act was begun. */
const hasReached = (status: number): boolean => status < 400 || status === 409

/** Counts what was sent and what was answered, by operation. */
export class Report {
  readonly #lines = new Map<string, Line>()
  readonly styles: Record<Style, number> = { valid: 0, near: 0, hostile: 0 }
  sent = 0
  reached = 0
  validReached = 0

  add({ operation, caller, style }: Draft, status: number, code: string | undefined): void {
    const line = this.#lines.get(operation.id) ?? emptyLine()
    this.#lines.set(operation.id, line)
    line.statuses.set(status, (line.statuses.get(status) ?? 0) + 1)
    line.callers.add(caller.name)
    line.styles[style] += 1
    this.styles[style] += 1
    this.sent += 1
    if (hasReached(status)) this.reached += 1
    if (style !== 'valid') return
    if (hasReached(status)) {
      line.validReached += 1
      this.validReached += 1
      return
    }
    const why = `${caller.name} ${status} ${code ?? ''}`.trim()
    line.refusals.set(why, (line.refusals.get(why) ?? 0) + 1)
  }

  callersOf(operation: string): ReadonlySet<string> {
    return this.#lines.get(operation)?.callers ?? new Set()
  }

  /** Operations that never acted. */
  never(): string[] {
    return [...this.#lines].filter(([, line]) => reachedOf(line) === 0).map(([id]) => id)
  }

  /** Operations that acted in less than half of their requests, with what refused them most. */
  below(): string[] {
    return [...this.#lines]
      .map(([id, line]) => ({ id, line, share: reachedOf(line) / sentOf(line) }))
      .filter(({ share }) => share < 0.5)
      .sort((one, other) => one.share - other.share)
      .map(({ id, line, share }) => {
        const top = [...line.refusals].sort(([, one], [, other]) => other - one).slice(0, 3)
        const why = top.map(([refusal, count]) => `${refusal} ×${count}`).join(', ')
        return `${id} ${percent(share)} (valid ${percent(line.validReached / line.styles.valid)}): ${why}`
      })
  }

  /** One line an operation. */
  table(): string {
    const rows = [...this.#lines]
      .sort(([one], [other]) => one.localeCompare(other, 'en'))
      .map(([id, line]) => {
        const { valid, near, hostile } = line.styles
        const statuses = [...line.statuses].sort(([one], [other]) => one - other)
        const reached = [percent(reachedOf(line) / sentOf(line)), percent(line.validReached / valid)]
        const told = statuses.map(([status, count]) => `${status}×${count}`).join(' ')
        return [id, sentOf(line), valid, near, hostile, ...reached, line.callers.size, told].join(' | ')
      })
    const head = ['operation', 'sent', 'valid', 'near', 'hostile', 'reached', 'valid reached', 'callers', 'by status']
    return [head.join(' | '), ...rows].join('\n')
  }
}

const emptyLine = (): Line => ({
  statuses: new Map(),
  styles: { valid: 0, near: 0, hostile: 0 },
  validReached: 0,
  callers: new Set(),
  refusals: new Map(),
})

const percent = (share: number): string => (Number.isNaN(share) ? '—' : `${Math.round(100 * share)} %`)
const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)
const sentOf = ({ styles }: Line): number => sum(Object.values(styles))
const reachedOf = ({ statuses }: Line): number =>
  sum([...statuses].filter(([status]) => hasReached(status)).map(([, count]) => count))
