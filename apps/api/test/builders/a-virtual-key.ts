import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

/** A key in software that tells whatever it is told to: an authenticator for tests, and for those who attack one. */
export interface VirtualKey {
  readonly credentialId: string
  make(options: { challenge: string; user: { id: string } }, lie?: Lie): object
  sign(options: { challenge: string }, lie?: Lie): object
}

/** What the key, or the page that it was shown on, says of itself. */
export interface Lie {
  origin?: string
  rpId?: string
  userVerified?: boolean
  counter?: number
  type?: string
  userHandle?: string
  credentialId?: string
}

const text = (value: string): Buffer => Buffer.from(value, 'utf8')
const sha256 = (value: Buffer): Buffer => createHash('sha256').update(value).digest()

/** A head of CBOR (RFC 8949): a major type and a number. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255])
}
type Cbor = number | string | Buffer | ReadonlyMap<number | string, Cbor>
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, text(value).length), text(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)])])
}

/** The public half as COSE writes it: an ES256 key on P-256. */
function cose(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = [x, y].map((part) => Buffer.from(part, 'base64url'))
  return cbor(
    new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, point[0] ?? Buffer.alloc(0)],
      [-3, point[1] ?? Buffer.alloc(0)],
    ]),
  )
}

/** Makes a key for the site of the tests. `counts: false`: one that is copied between devices, and says nought each time. */
export function aVirtualKey({ counts = true }: { counts?: boolean } = {}): VirtualKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  let counter = 0
  let handle = ''

  const data = ({ rpId = 'localhost', userVerified = true, counter: told }: Lie, isNew: boolean): Buffer => {
    counter += counts ? 1 : 0
    // User present, user verified, attested data.
    const flags = 1 | (userVerified ? 4 : 0) | (isNew ? 64 : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(told ?? counter)
    const size = Buffer.alloc(2)
    size.writeUInt16BE(id.length)
    const attested = isNew ? [Buffer.alloc(16), size, id, cose(publicKey)] : []
    return Buffer.concat([sha256(text(rpId)), Buffer.from([flags]), count, ...attested])
  }
  const client = (challenge: string, type: string, { origin = 'http://localhost:3000', ...lie }: Lie): Buffer =>
    text(JSON.stringify({ type: lie.type ?? type, challenge, origin, crossOrigin: false }))
  const named = ({ credentialId = id.toString('base64url') }: Lie) => ({
    id: credentialId,
    rawId: credentialId,
    type: 'public-key',
    clientExtensionResults: {},
  })

  return {
    credentialId: id.toString('base64url'),
    make({ challenge, user }, lie = {}) {
      handle = user.id
      const statement = new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data(lie, true)],
      ])
      const response = {
        clientDataJSON: client(challenge, 'webauthn.create', lie).toString('base64url'),
        attestationObject: cbor(statement).toString('base64url'),
        transports: ['internal'],
      }
      return { ...named(lie), response }
    },
    sign({ challenge }, lie = {}) {
      const clientData = client(challenge, 'webauthn.get', lie)
      const authenticatorData = data(lie, false)
      const signed = createSign('sha256').update(authenticatorData).update(sha256(clientData))
      const response = {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: signed.sign(privateKey).toString('base64url'),
        userHandle: lie.userHandle ?? handle,
      }
      return { ...named(lie), response }
    },
  }
}
