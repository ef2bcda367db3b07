import type { GpSearchAction, MoveGpSearch } from '@maillage/contracts/gp-search'
import { dayIn } from '@maillage/contracts/kit/dates'
import type { CaseId } from '@maillage/contracts/kit/ids'
import { act } from '../../kernel/act.ts'
import type { Actor } from '../../kernel/actor.ts'
import { addBusinessDays, addCalendarDays } from '../../kernel/calendar.ts'
import type { CasePatch } from '../../kernel/case.store.ts'
import type { Context, Deps } from '../../kernel/context.ts'
import { inPlaceOfHolder } from '../../kernel/delegation/standing-in.ts'
import { moveCase } from '../../kernel/move-case.ts'
import { isInTerritory } from '../../kernel/open-case.ts'
import { isOneStep, priorityFrom, rankOf } from '../../kernel/priority.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { invalidField, problem } from '../../platform/problem-error.ts'
import { gpSearchKind } from './gp-search.kind.ts'
import { getSearchRow, updateSearch } from './gp-search.store.ts'
import { letGoOfSearch } from './let-go-of-search.ts'

interface Moving {
  tx: Db
  context: Context
  before: CaseRow
}

type Input<Action extends GpSearchAction> = Extract<MoveGpSearch, { action: Action }>
type Effects = { [Action in GpSearchAction]: (moving: Moving, input: Input<Action>) => Promise<CasePatch> | CasePatch }

const maxHoldDays = 90
const reopenWithinMonths = 6

/** A pause ends: the running clock starts later by as long as it lasted. */
const unpaused = ({ before, context }: Moving): CasePatch => ({
  pausedAt: null,
  clockStartedAt: before.pausedAt
    ? new Date(before.clockStartedAt.getTime() + context.now.getTime() - before.pausedAt.getTime())
    : before.clockStartedAt,
})

const letGo = ({ tx, context, before }: Moving, reason: string): Promise<CasePatch> =>
  letGoOfSearch(tx, context, before, reason)

/** One person's story must not carry the others of a household along: a coordinator says that all are meant. */
function demandScope({ before, context }: Moving, scope: Input<'close'>['scope']): void {
  if (before.householdSize < 2 || context.actor.role !== 'coordinator' || scope) return
  throw problem('household-scope-required', { errors: [{ pointer: '/scope', code: 'required' }] })
}

// One line or one small function per action: what it does beside the change of status.
const effects: Effects = {
  submit: (_moving, { consent }) => ({ consent }),
  'request-info': async ({ tx, context, before }, { missing }) => {
    await updateSearch(tx, before, { missing })
    return { pausedAt: context.now }
  },
  'provide-info': provideInfo,
  qualify,
  'tell-patient': async ({ tx, context, before }, { toldAt }) => {
    if (new Date(toldAt) > context.now) throw invalidField('/toldAt', 'future')
    await updateSearch(tx, before, { toldAt: new Date(toldAt) })
    return {}
  },
  'book-visit': async ({ tx, before }, { visitAt }) => {
    if (new Date(visitAt) < before.registeredAt) throw invalidField('/visitAt', 'before-request')
    await updateSearch(tx, before, { visitAt: new Date(visitAt) })
    return {}
  },
  'record-no-show': recordNoShow,
  declare: async ({ tx, context, before }, { declaredAt, attestedBy }) => {
    if (declaredAt > dayIn(context.calendar.timeZone, context.now)) throw invalidField('/declaredAt', 'future')
    await updateSearch(tx, before, { declaredAt, attestedBy })
    return {}
  },
  unmatch: async (moving, { reason }) => ({ ...(await letGo(moving, reason)), clockStartedAt: moving.context.now }),
  hold: async (moving, { resumeAt, reason, scope }) => {
    const { before, context } = moving
    demandScope(moving, scope)
    const until = new Date(resumeAt)
    if (until <= context.now) throw invalidField('/resumeAt', 'past')
    if (until > addCalendarDays(context.calendar, context.now, maxHoldDays)) throw invalidField('/resumeAt', 'too-far')
    // What was matched or proposed is given back, so the search resumes on the list.
    const back = ['proposing', 'matched', 'visit_booked'].includes(before.status) ? 'eligible' : before.status
    return {
      ...(await letGo(moving, reason)),
      resumeAt: until,
      previousStatus: back,
      pausedAt: before.pausedAt ?? context.now,
    }
  },
  resume: (moving) => ({ ...unpaused(moving), resumeAt: null }),
  close: (moving, { reason, scope }) => {
    demandScope(moving, scope)
    return letGo(moving, reason)
  },
  reopen: ({ before, context }) => {
    // Its people search with a household: they take it up again by leaving it.
    if (before.statusReason === 'joined_household') throw problem('already-open')
    const closedAt = before.closedAt ?? before.statusSince
    const limit = new Date(closedAt)
    limit.setUTCMonth(limit.getUTCMonth() + reopenWithinMonths)
    if (context.now > limit) throw problem('reopening-too-late')
    return { clockStartedAt: context.now, pausedAt: null, resumeAt: null }
  },
  'withdraw-consent': withdrawConsent,
}

async function provideInfo(moving: Moving, { consent }: Input<'provide-info'>): Promise<CasePatch> {
  const { tx, context, before } = moving
  const { missing } = await getSearchRow(tx, before)
  // Whoever else completes a request says what they know; the coordination then reads that the agreement is still to be asked.
  const isAwaited = missing.includes('consent') && !before.consent && context.actor.role === 'coordinator'
  if (isAwaited && !consent) throw invalidField('/consent', 'required')
  await updateSearch(tx, before, { missing: [] })
  return { ...unpaused(moving), ...(consent ? { consent } : {}) }
}

/** Who was asked and who had accepted read nothing more; the search waits for an agreement, as for any other answer. */
async function withdrawConsent(moving: Moving, { scope }: Input<'withdraw-consent'>): Promise<CasePatch> {
  const { tx, context, before } = moving
  demandScope(moving, scope)
  const { missing } = await getSearchRow(tx, before)
  const given = await letGo(moving, 'consent_withdrawn')
  await updateSearch(tx, before, { missing: [...new Set([...missing, 'consent' as const])] })
  return { ...given, consent: null, pausedAt: before.pausedAt ?? context.now, resumeAt: null }
}

async function qualify(
  { tx, context, before }: Moving,
  { band, overrideReason }: Input<'qualify'>,
): Promise<CasePatch> {
  if (!(await isInTerritory(tx, context, before.municipalityCode))) throw problem('municipality-outside-territory')
  if (!band || band === before.priority.band) return { clockStartedAt: context.now }
  if (!overrideReason) throw problem('reason-required', { errors: [{ pointer: '/overrideReason', code: 'required' }] })
  if (!isOneStep(before.priority.band, band)) throw invalidField('/band', 'more-than-one-step')
  const { actor, now } = context
  const priority = priorityFrom(before.priority, {
    band,
    reason: overrideReason,
    by: actor.displayName,
    at: now.toISOString(),
  })
  return { clockStartedAt: now, priority, bandRank: rankOf(priority.band) }
}

async function recordNoShow({ tx, context, before }: Moving): Promise<CasePatch> {
  const { noShows } = await getSearchRow(tx, before)
  await updateSearch(tx, before, { noShows: noShows + 1, visitAt: null })
  if (noShows === 0) return { status: 'matched' }
  // The second time the search rests, a call is due two business days later, and the match is kept until then.
  return {
    status: 'on_hold',
    previousStatus: 'matched',
    pausedAt: context.now,
    resumeAt: addBusinessDays(context.calendar, context.now, 2),
  }
}

/** One transition of a search, by the machine's rules. */
export function moveGpSearch(deps: Deps, actor: Actor, id: CaseId, input: MoveGpSearch): Promise<CaseRow> {
  return act(deps, actor, (tx, context) => moveGpSearchIn(tx, context, id, input))
}

/** The same within a transaction already open: for the jobs that resume or close. */
export async function moveGpSearchIn(tx: Db, asked: Context, id: CaseId, input: MoveGpSearch): Promise<CaseRow> {
  const context = await inPlaceOfHolder(tx, asked, id, 'onBehalf' in input ? input.onBehalf : undefined)
  const request = {
    id,
    version: input.version,
    action: input.action,
    reason: 'reason' in input ? input.reason : null,
    note: 'note' in input ? input.note : null,
  }
  // The effect of an action takes that action's own fields; TypeScript does not tie the two through the union.
  const effect = effects[input.action] as (moving: Moving, fields: MoveGpSearch) => Promise<CasePatch> | CasePatch
  return await moveCase(tx, context, gpSearchKind, request, async (before) => effect({ tx, context, before }, input))
}
