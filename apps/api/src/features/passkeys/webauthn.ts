/** Judges keys. Loaded when the first one is asked for: it weighs more than all the rest of a start, in time and memory. */
export const webauthn = (): Promise<typeof import('@simplewebauthn/server')> => import('@simplewebauthn/server')
