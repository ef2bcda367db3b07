import { SendFailure } from '../send-failure.ts'
import type { Texter, TextMessage } from './texter.ts'

/** A gateway that says nothing for so long is given up: the message is tried again later. */
const patienceMs = 15_000

/** What a gateway answers about a number that is worth nothing: another try would not help. */
const refusals = [400, 404, 410, 422]

/** Sends through an operator's HTTP gateway. What it answers is not read: it may quote a number. */
export function gatewayTexter(
  { url, token }: { url: string; token: string | undefined },
  giveUpMs: number = patienceMs,
): Texter {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  return {
    describe: `par ${new URL(url).host}`,
    async send({ id, to, text }: TextMessage) {
      const body = JSON.stringify({ id, to, text })
      const signal = AbortSignal.timeout(giveUpMs)
      const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' }).catch(
        (error: unknown) => {
          throw new SendFailure('away', error)
        },
      )
      await answer.body?.cancel()
      if (answer.ok) return
      if (refusals.includes(answer.status)) throw new SendFailure('refused', answer.status)
      throw new SendFailure(answer.status === 401 || answer.status === 403 ? 'away' : 'later', answer.status)
    },
  }
}
