import { createHash, generateKeyPairSync } from 'node:crypto'
import { desc, eq, sql } from 'drizzle-orm'
import type { Database, Db } from '../db/database.ts'
import { signingKeys } from '../session.table.ts'
import { unwrap, wrap } from './key-wrap.ts'

/** A signing key in clear, in PEM. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: string
  readonly publicKey: string
}

/** The keys of access tokens: the one that signs, and those that signed what may still be shown. */
export interface SigningKeys {
  current(): Promise<SigningKey>
  publicKey(kid: string): Promise<string | undefined>
}

export interface SigningKeyDeps {
  readonly db: Database
  readonly masterKey: Buffer
  readonly now: () => Date
}

const rotateAfterMs = 30 * 24 * 3_600_000
// Far longer than any token that it signed: a key that is found years later opens nothing.
const retiredServesMs = 3_600_000
// An unknown kid may be another process' new key; a forged one must not cost a query each time.
const lookAgainAfterMs = 5_000
// Two processes that rotate at once must agree on one key.
const rotationLock = 7_302_028

/** Keys kept in the database, wrapped by the master key. The newest signs; it is replaced when it is a month old. */
export function openSigningKeys(deps: SigningKeyDeps): SigningKeys {
  let known = new Map<string, PublicKey>()
  let signer: { key: SigningKey; createdAt: number } | undefined
  let lookedAt = 0
  let looking: Promise<void> | undefined

  const look = async (): Promise<void> => {
    known = new Map((await deps.db.global(publicKeys)).map((row) => [row.kid, row]))
  }
  const serving = (kid: string): string | undefined => {
    const key = known.get(kid)
    const isOver = key?.retiredAt && deps.now().getTime() - key.retiredAt.getTime() > retiredServesMs
    return isOver ? undefined : key?.publicKey
  }
  const current = async (): Promise<SigningKey> => {
    const now = deps.now().getTime()
    if (!signer || now - signer.createdAt > rotateAfterMs) {
      signer = await deps.db.global((tx) => newest(tx, deps))
      await look()
    }
    return signer.key
  }
  const publicKey = async (kid: string): Promise<string | undefined> => {
    if (known.has(kid)) return serving(kid)
    const now = deps.now().getTime()
    if (!looking && now - lookedAt >= lookAgainAfterMs) {
      lookedAt = now
      looking = look().finally(() => {
        looking = undefined
      })
    }
    // Whoever comes while the keys are being read waits for them: a fresh process must not refuse a good token.
    await looking
    return serving(kid)
  }
  return { current, publicKey }
}

type PublicKey = Pick<typeof signingKeys.$inferSelect, 'publicKey' | 'retiredAt'>

const publicKeys = (tx: Db) => {
  const { kid, publicKey, retiredAt } = signingKeys
  return tx.select({ kid, publicKey, retiredAt }).from(signingKeys)
}

async function newest(tx: Db, { masterKey, now }: SigningKeyDeps): Promise<{ key: SigningKey; createdAt: number }> {
  await tx.execute(sql`select pg_advisory_xact_lock(${rotationLock})`)
  const [row] = await tx.select().from(signingKeys).orderBy(desc(signingKeys.createdAt), desc(signingKeys.kid)).limit(1)
  // Opened even when its time is over: a process whose master key was replaced must not wrap a new key under the old one.
  const privateKey = row && unwrap(masterKey, row.wrappedPrivateKey, row.kid)
  if (row && privateKey && now().getTime() - row.createdAt.getTime() <= rotateAfterMs) {
    return { key: { kid: row.kid, publicKey: row.publicKey, privateKey }, createdAt: row.createdAt.getTime() }
  }
  if (row) await tx.update(signingKeys).set({ retiredAt: now() }).where(eq(signingKeys.kid, row.kid))
  const key = makeSigningKey()
  const createdAt = now()
  await tx.insert(signingKeys).values({
    kid: key.kid,
    publicKey: key.publicKey,
    wrappedPrivateKey: wrap(masterKey, key.privateKey, key.kid),
    createdAt,
  })
  return { key, createdAt: createdAt.getTime() }
}

function makeSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return { kid: createHash('sha256').update(publicKey).digest('base64url').slice(0, 16), privateKey, publicKey }
}
