/** Whether this browser knows passkeys; it does in secure pages alone. */
export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in window

/** Nobody chose a key, or there was none: the browser says no more, and has told its user itself. */
export const isGivenUp = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')

/** The key that was chosen is already known here. */
export const isKnownKey = (error: unknown): boolean => error instanceof Error && error.name === 'InvalidStateError'
