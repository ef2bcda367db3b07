import type { PageReply, PageRequest } from '../../../platform/pages/page-door.ts'
import { ProblemError } from '../../../platform/problem-error.ts'
import type { PageRoutesDeps } from '../registration.pages.ts'
import type { RowKey } from '../registration.store.ts'
import { findVisit } from './open-follow-up.ts'
import { type FollowUp, readFollowUp } from './read-follow-up.ts'

/** What a browser keeps while its holder reads a request. */
export const visitCookie = 'suivi'

/** A request being read by its author, and how its pages are reached. */
export interface FollowUpCall {
  readonly request: PageRequest
  readonly reply: PageReply
  readonly key: RowKey
  readonly followUp: FollowUp
}

/** A page of the follow-up; whoever has no visit, or no more, is led to its door. */
export async function visited(
  deps: PageRoutesDeps,
  request: PageRequest,
  reply: PageReply,
  show: (call: FollowUpCall) => PageReply | Promise<PageReply>,
): Promise<PageReply> {
  const key = await findVisit(deps, deps.door.kept(request, visitCookie))
  const followUp = key && (await readFollowUp(deps, key))
  if (!followUp) return reply.redirect('/suivi', 303)
  return show({ request, reply, key, followUp })
}

/** Does something to one's own request; what its end forbids is told on its page. */
export async function acted(reply: PageReply, work: () => Promise<void>, done: string): Promise<PageReply> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'wrong-status') throw error
    return reply.redirect('/suivi/dossier?fait=close', 303)
  }
  return reply.redirect(`/suivi/dossier?fait=${done}`, 303)
}
