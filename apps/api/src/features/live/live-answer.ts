import type { IncomingMessage } from 'node:http'
import type { LiveAnswer } from '@maillage/contracts/coordination/live'
import { endOfToken } from '../../platform/session/token-end.ts'
import type { Delivery } from './delivery.ts'
import type { LiveHub } from './live-hub.ts'
import type { Asked } from './live-stream.ts'

/** Shorter than the patience of the usual proxies (30 s and more). */
const longestWaitMs = 25_000

/** For whom no stream reaches: waits until something changed, and tells it in one plain answer. */
export async function nextAnswer(
  hub: LiveHub,
  now: () => Date,
  { actor, authorization, lastId, onSessionEnd }: Asked,
  connection: Pick<IncomingMessage, 'once' | 'off'>,
): Promise<LiveAnswer> {
  const left = endOfToken(authorization).getTime() - now().getTime()
  let settle: (delivery: Delivery | undefined) => void = () => undefined
  const told = new Promise<Delivery | undefined>((resolve) => {
    settle = resolve
  })
  const stop = (): void => settle(undefined)
  const timer = setTimeout(stop, Math.min(longestWaitMs, left))
  connection.once('close', stop)
  const forget = onSessionEnd(stop)
  const leave = await hub.join({ listener: actor, deliver: settle, end: stop }, lastId)
  const delivery = await told
  leave()
  forget()
  clearTimeout(timer)
  connection.off('close', stop)
  const id = delivery?.id ?? hub.idFor(actor) ?? lastId ?? ''
  return { id, reset: delivery?.changes === null, changes: [...(delivery?.changes ?? [])] }
}
