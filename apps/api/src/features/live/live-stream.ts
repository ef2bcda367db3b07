import type { Readable } from 'node:stream'
import type { SignedInActor } from '../../platform/http/access.ts'
import { EventStream } from '../../platform/live/event-stream.ts'
import { endOfToken } from '../../platform/session/token-end.ts'
import type { LiveHub } from './live-hub.ts'

/** Who asks, under which token, and where they left off. */
export interface Asked {
  readonly actor: SignedInActor
  readonly authorization: string
  readonly lastId: string | undefined
}

/** Opens one listener's stream; it says hello at once and ends with the token. */
export function openStream(hub: LiveHub, now: () => Date, { actor, authorization, lastId }: Asked): Readable {
  const stream = new EventStream(() => hub.idFor(actor))
  // No id yet: what was missed is handed over first.
  stream.send('hello', null, lastId)
  const expiry = setTimeout(() => stream.end('token'), endOfToken(authorization).getTime() - now().getTime())
  const guest = {
    listener: actor,
    deliver: ({ id, changes }: { id: string; changes: readonly unknown[] | null }) =>
      void stream.send(changes ? 'changes' : 'reset', changes, id),
    end: (reason: string) => stream.end(reason),
  }
  const joined = hub.join(guest, lastId).then((leave) => {
    // From here on nothing was missed.
    stream.send('beat', null)
    return leave
  })
  stream.body.once('close', () => {
    clearTimeout(expiry)
    void joined.then((leave) => leave())
  })
  return stream.body
}
