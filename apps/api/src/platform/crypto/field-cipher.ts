import { createHmac, hkdfSync } from 'node:crypto'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Database, Db } from '../db/database.ts'
import { unwrap, wrap } from '../session/key-wrap.ts'
import { type DataKeyRow, holdKeys, holdKeysAlone, insertKey, liveKeys, nameOfKey } from './data-keys.store.ts'

/** Where a sealed value stands. It is bound to it: moved to another row, column or CPTS, it does not open. */
export interface FieldPlace {
  readonly cptsId: CptsId
  /** `table.column` */
  readonly field: string
  readonly rowId: string
}

/** What is written: the three go together in one row. */
export interface SealedField {
  readonly keyVersion: number
  /** AES-256-GCM: nonce, seal and cipher text in base64url. */
  readonly sealed: string
  /** HMAC-SHA-256 of the value, bound to the CPTS and the field: equal values are found without being opened. */
  readonly digest: string
}

/**
 * Encrypts single fields in the application, so that neither the database nor its backups hold them in clear. Every
 * call takes the connection or transaction in which the value is read or written.
 */
export interface FieldCipher {
  /** What seals many values of one transaction, under the newest key: the key lives on until that commits. */
  sealer(tx: Db): Promise<(place: FieldPlace, plain: string) => SealedField>
  /** Seals under the newest key. In the transaction that writes it: the key lives on until that commits. */
  seal(tx: Db, place: FieldPlace, plain: string): Promise<SealedField>
  /** Opens what `seal` closed; throws when the key, the place or a single bit differs. */
  open(db: Db, place: FieldPlace, kept: Pick<SealedField, 'keyVersion' | 'sealed'>): Promise<string>
  /** The digests under which a value may be kept: one, or two while keys are being changed. */
  digests(db: Db, of: Omit<FieldPlace, 'rowId'>, plain: string): Promise<string[]>
}

/** What the first key is made with. */
export interface FirstKeyDeps {
  readonly db: Database
  asOwner<T>(work: (tx: Db) => Promise<T>): Promise<T>
  readonly masterKey: Buffer
  readonly now: () => Date
}

interface OpenKey {
  readonly version: number
  readonly cipher: Buffer
  readonly digest: Buffer
}

/** Two keys that tell nothing of each other, from one that is kept. */
const derived = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', `maillage ${purpose}`, 32))

/** The cipher of a process: it keeps the keys that it has opened. A version is written once, so they never go stale. */
export function openFieldCipher(masterKey: Buffer): FieldCipher {
  const known = new Map<number, OpenKey>()
  const keyOf = ({ version, wrappedKey }: DataKeyRow): OpenKey => {
    const kept = known.get(version)
    if (kept) return kept
    if (wrappedKey === null) throw new Error(`Data key ${version} is retired`)
    const secret = unwrap(masterKey, wrappedKey, nameOfKey(version))
    const key = { version, cipher: derived(secret, 'field cipher'), digest: derived(secret, 'field digest') }
    known.set(version, key)
    return key
  }
  const keyNumber = async (db: Db, version: number): Promise<OpenKey> => {
    const kept = known.get(version)
    if (kept) return kept
    const row = (await liveKeys(db)).find((one) => one.version === version)
    if (!row) throw new Error(`Data key ${version} is unknown or retired`)
    return keyOf(row)
  }
  const sealer: FieldCipher['sealer'] = async (tx) => {
    await holdKeys(tx)
    const newest = (await liveKeys(tx)).at(-1)
    if (!newest) throw new Error('No data key was made at the start')
    const key = keyOf(newest)
    return (place, plain) => ({
      keyVersion: key.version,
      sealed: wrap(key.cipher, plain, nameOfPlace(place, key.version)),
      digest: digestOf(key, place, plain),
    })
  }
  return {
    sealer,
    async seal(tx, place, plain) {
      return (await sealer(tx))(place, plain)
    },
    async open(db, place, { keyVersion, sealed }) {
      const key = await keyNumber(db, keyVersion)
      return unwrap(key.cipher, sealed, nameOfPlace(place, keyVersion))
    },
    async digests(db, of, plain) {
      return (await liveKeys(db)).map((row) => digestOf(keyOf(row), of, plain))
    },
  }
}

/**
 * Makes the first data key where there is none, under the owner: whoever speaks as the API can make none. Two first
 * starts at once agree on one.
 */
export async function prepareDataKeys({ db, asOwner, masterKey, now }: FirstKeyDeps): Promise<void> {
  if ((await db.global(liveKeys)).length > 0) return
  await asOwner(async (tx) => {
    await holdKeysAlone(tx)
    if ((await liveKeys(tx)).length === 0) await insertKey(tx, masterKey, now())
  })
}

const nameOfPlace = ({ cptsId, field, rowId }: FieldPlace, version: number): string =>
  ['maillage', field, cptsId, rowId, version].join('\n')

const digestOf = ({ digest }: OpenKey, { cptsId, field }: Omit<FieldPlace, 'rowId'>, plain: string): string =>
  createHmac('sha256', digest).update([field, cptsId, plain].join('\n')).digest('base64url')
