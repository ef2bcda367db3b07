import { type Band, bands, type CaseKindName } from '@maillage/contracts/cases'
import type { WorklistCounts } from '@maillage/contracts/worklist'
import type { Actor } from '../../kernel/actor.ts'
import { type CaseFigure, readCaseFigures, sumOf } from '../../kernel/counting/case-figures.store.ts'
import type { Db } from '../../platform/db/database.ts'

const unmetWindow = 30 * 86_400_000

/** The counters of the queue: what is open, late, due today, and what found no solution these last 30 days. */
export async function countWorklist(db: Db, actor: Actor, now: Date): Promise<WorklistCounts> {
  const recently = new Date(now.getTime() - unmetWindow)
  const figures = await readCaseFigures(db, actor.cptsId, { now, recently })
  const open = figures.filter(({ status }) => status !== 'closed_no_solution')
  const ofKind = (kind: CaseKindName) => sumOf(open, 'cases', (figure) => figure.kind === kind)
  const ofBand = (band: Band) =>
    sumOf(open, 'cases', ({ bandRank }) => bandRank !== null && bands[bandRank - 1] === band)
  return {
    open: sumOf(open, 'cases'),
    late: sumOf(open, 'late'),
    dueToday: sumOf(open, 'dueToday'),
    byKind: {
      'gp-search': ofKind('gp-search'),
      'unscheduled-care': ofKind('unscheduled-care'),
      'hospital-discharge': ofKind('hospital-discharge'),
    },
    byBand: { P1: ofBand('P1'), P2: ofBand('P2'), P3: ofBand('P3'), P4: ofBand('P4') },
    byStatus: byStatus(open),
    unmet:
      sumOf(open, 'late', ({ kind }) => kind === 'unscheduled-care') +
      sumOf(open, 'escalated', ({ kind }) => kind === 'hospital-discharge') +
      sumOf(figures, 'unmetRecent'),
  }
}

function byStatus(figures: readonly CaseFigure[]): WorklistCounts['byStatus'] {
  const counts = new Map<string, WorklistCounts['byStatus'][number]>()
  for (const { kind, status, cases } of figures) {
    if (status === null) continue
    const key = `${kind} ${status}`
    counts.set(key, { kind, status, count: (counts.get(key)?.count ?? 0) + cases })
  }
  return [...counts.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, counted]) => counted)
}
