import type { Priority } from '@maillage/contracts/cases'
import { settings } from '@maillage/contracts/settings/settings'
import type { Context } from '../../kernel/context.ts'
import type { Opening } from '../../kernel/open-case.ts'
import { gpSearchDeadline } from './gp-search.deadlines.ts'

/** Where a search stands that nobody has acted on yet. */
export function searchBeginning(
  { now, calendar }: Context,
  status: 'draft' | 'submitted' | 'eligible',
  priority: Priority,
): Pick<Opening, 'kind' | 'status' | 'priority' | 'deadline'> {
  const unseen = {
    resumeAt: null,
    toldAt: null,
    visitAt: null,
    confirmedAt: null,
    firstExpiry: null,
    attemptsSinceAsked: 0,
    // The night sets it as the CPTS wants it.
    revalidationDays: settings['revalidation-every-days'].standard,
    askedUntil: null,
  }
  const facts = { status, band: priority.band, clockStartedAt: now, statusSince: now, ...unseen }
  return { kind: 'gp-search', status, priority, deadline: gpSearchDeadline(facts, calendar) }
}
