/**
 * Why a message did not leave: `refused` for good by the other side (no such address), `later` for a refusal that may
 * pass, `away` when nothing could be said at all (no server, wrong password, silence): others would fare no better.
 */
export type SendFailureKind = 'refused' | 'later' | 'away'

/** What a sending failed of. The cause may quote an address: it stays out of the log. */
export class SendFailure extends Error {
  readonly kind: SendFailureKind

  constructor(kind: SendFailureKind, cause: unknown) {
    super(`The message did not leave: ${kind}`, { cause })
    this.name = 'SendFailure'
    this.kind = kind
  }
}
