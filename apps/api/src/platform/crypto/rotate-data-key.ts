import { isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '../db/database.ts'
import { StartRefusal } from '../start-refusal.ts'
import { dataKeys } from './data-key.table.ts'
import { holdKeysAlone, insertKey, liveKeys } from './data-keys.store.ts'
import { type FieldCipher, openFieldCipher } from './field-cipher.ts'

/** A column of sealed values, as its owner counts it and seals it anew. */
export interface SealedColumn {
  /** How many values are under an older key than this one. */
  countOlder(tx: Db, version: number): Promise<number>
  /** Seals some of these anew, leaving out those that somebody is writing; says how many. */
  reseal(tx: Db, cipher: FieldCipher, version: number): Promise<number>
}

/** What a change of key works with. */
export interface RotationDeps {
  readonly masterKey: Buffer
  readonly now: () => Date
  /** One short transaction that sees every CPTS. */
  asOwner<T>(work: (tx: Db) => Promise<T>): Promise<T>
  /** Prints one line in French. */
  say(line: string): void
  /** Awaited while others hold what is left, in ms. */
  readonly patienceMs?: number
}

/**
 * Changes the key of sealed fields while everybody works: the new key writes from the first moment, both are read, and
 * the old one is lost when no row bears it. Cut at any moment, it goes on where it stood; two at once share the work.
 */
export async function rotateDataKey(deps: RotationDeps, columns: readonly SealedColumn[]): Promise<void> {
  const cipher = openFieldCipher(deps.masterKey)
  const version = await beginRotation(deps)
  const older = (tx: Db) => total(columns, tx, version)
  const all = await deps.asOwner(older)
  if (all > 0) deps.say(`${all} valeur(s) à chiffrer sous la clé n° ${version}.`)
  let done = 0
  for (;;) {
    const sealed = await deps.asOwner((tx) => resealSome(columns, tx, cipher, version))
    done += sealed
    if (sealed > 0) deps.say(progress(done, all))
    else if (await deps.asOwner((tx) => retireOlder(tx, columns, version, deps.now()))) break
    else await new Promise((resolve) => setTimeout(resolve, deps.patienceMs ?? 500))
  }
  deps.say(`Terminé : tout est sous la clé n° ${version}, les clés précédentes sont détruites.`)
}

/** The key to be alone at the end: a new one, or the newest of a change that was cut. */
function beginRotation({ asOwner, masterKey, now, say }: RotationDeps): Promise<number> {
  return asOwner(async (tx) => {
    await holdKeysAlone(tx)
    const live = await liveKeys(tx)
    const newest = live.at(-1)
    if (!newest || live.length === 1) return insertKey(tx, masterKey, now())
    say('Un changement de clé n’était pas fini : il reprend.')
    return newest.version
  })
}

async function total(columns: readonly SealedColumn[], tx: Db, version: number): Promise<number> {
  let count = 0
  for (const column of columns) count += await column.countOlder(tx, version)
  return count
}

async function resealSome(
  columns: readonly SealedColumn[],
  tx: Db,
  cipher: FieldCipher,
  version: number,
): Promise<number> {
  for (const column of columns) {
    const sealed = await column.reseal(tx, cipher, version)
    if (sealed > 0) return sealed
  }
  return 0
}

/** Whoever sealed under an older key has ended once the keys are held alone: what is counted then is all there is. */
async function retireOlder(tx: Db, columns: readonly SealedColumn[], version: number, now: Date): Promise<boolean> {
  await holdKeysAlone(tx)
  if ((await total(columns, tx, version)) > 0) return false
  await tx
    .update(dataKeys)
    .set({ wrappedKey: null, retiredAt: now })
    .where(sql`${lt(dataKeys.version, version)} and ${isNull(dataKeys.retiredAt)}`)
  return true
}

// Others may write meanwhile, or share the work: what is done never shows more than there was.
const progress = (done: number, all: number): string =>
  `${Math.min(done, all)} sur ${all} (${all === 0 ? 100 : Math.min(100, Math.floor((done / all) * 100))} %)`

/** What an operator is told of a value that does not open: somebody changed it outside the application. */
export const alteredValue = (where: string): StartRefusal =>
  new StartRefusal(
    `Une valeur chiffrée ne s’ouvre pas (${where}) : elle a été modifiée hors de Maillage. Reprenez-la d’une sauvegarde ou effacez-la, puis relancez.`,
  )
