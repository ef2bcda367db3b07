import * as z from 'zod'

const Payload = z.object({ exp: z.int() })

/** When a bearer ends. It was verified at the door: this only reads it. */
export function endOfToken(authorization: string): Date {
  const payload = authorization.split('.')[1] ?? ''
  const { exp } = Payload.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
  return new Date(exp * 1000)
}
