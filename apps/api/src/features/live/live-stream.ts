import type { Writable } from 'node:stream'
import type { SignedInActor } from '../../platform/http/access.ts'
import { EventStream } from '../../platform/live/event-stream.ts'
import { endOfToken } from '../../platform/session/token-end.ts'
import type { Delivery } from './delivery.ts'
import type { LiveHub } from './live-hub.ts'

/** Who asks, under which token, and where they left off. */
export interface Asked {
  readonly actor: SignedInActor
  readonly authorization: string
  readonly lastId: string | undefined
  /** Calls back once the session ends or is locked: what it may hear ends with it. */
  readonly onSessionEnd: (tell: () => void) => () => void
}

/** Opens one listener's stream on a bare answer; it says hello at once and ends with the token. */
export function openStream(
  hub: LiveHub,
  now: () => Date,
  out: Writable,
  { actor, authorization, lastId, onSessionEnd }: Asked,
): void {
  const stream = new EventStream(out, () => hub.idFor(actor))
  // No id yet: what was missed is handed over first.
  stream.send('hello', null, lastId)
  const expiry = setTimeout(() => stream.end('token'), endOfToken(authorization).getTime() - now().getTime())
  const forget = onSessionEnd(() => stream.end('session'))
  const guest = {
    listener: actor,
    deliver: ({ message }: Delivery) => void stream.write(message),
    end: (reason: string) => stream.end(reason),
  }
  const joined = hub.join(guest, lastId).then((leave) => {
    // From here on nothing was missed.
    stream.beat()
    return leave
  })
  const rest = hub.heart.keep(stream)
  out.once('close', () => {
    clearTimeout(expiry)
    forget()
    rest()
    void joined.then((leave) => leave())
  })
}
