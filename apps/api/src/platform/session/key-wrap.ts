import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'

/** Encrypts a secret under the master key; `name` is bound to it, so that one row's secret cannot stand in another's. */
export function wrap(masterKey: Buffer, secret: string, name: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv(algorithm, masterKey, iv).setAAD(Buffer.from(name))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return [iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url')).join('.')
}

/** Opens what `wrap` closed; throws when the key, the name or a single bit differs. */
export function unwrap(masterKey: Buffer, wrapped: string, name: string): string {
  const [iv, tag, sealed] = wrapped.split('.').map((part) => Buffer.from(part, 'base64url'))
  if (!iv || !tag || !sealed) throw new Error('A wrapped secret is cut short')
  const decipher = createDecipheriv(algorithm, masterKey, iv, { authTagLength: 16 })
    .setAAD(Buffer.from(name))
    .setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8')
}
