import type { SendFailureKind } from '../../../platform/send-failure.ts'

const MINUTE = 60_000
/** Later and later, in minutes: a server that is being mended is not hammered, a short cut costs a minute. */
const restMinutes = [1, 5, 15, 60, 180, 360, 720]
/** Then nobody is waiting for it any more. */
const keptMs = 3 * 24 * 60 * MINUTE

/** What a failed sending becomes. */
export type AfterFailure =
  | { readonly status: 'waiting'; readonly dueAt: Date; readonly failure: SendFailureKind }
  | { readonly status: 'refused' | 'given-up'; readonly failure: SendFailureKind }

/**
 * Refused for good: said to the coordination at once. Else tried again, later and later, for three days; then given up, and
 * said too. A server that is away is asked again each quarter of an hour at least: the message is not at fault.
 */
export function afterFailure(
  failure: SendFailureKind,
  { attempts, since, now }: { attempts: number; since: Date; now: Date },
): AfterFailure {
  if (failure === 'refused') return { status: 'refused', failure }
  if (now.getTime() - since.getTime() >= keptMs) return { status: 'given-up', failure }
  const minutes = restMinutes[Math.min(attempts, restMinutes.length - 1)] ?? 1
  const rest = failure === 'away' ? Math.min(minutes, 15) : minutes
  return { status: 'waiting', dueAt: new Date(now.getTime() + rest * MINUTE), failure }
}
