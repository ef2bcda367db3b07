import { createHash, randomBytes } from 'node:crypto'
import path from 'node:path'
import { weaknessInWords, weaknessOf } from '../config/weak-secret.ts'
import { ensureSecretFile, isOpenToAll, readOperatorFile } from '../secret-file.ts'
import { StartRefusal } from '../start-refusal.ts'

/** Where the master key is: the operator's file, or, in a trial, one made beside the data. */
export interface MasterKeyPlace {
  readonly file?: string | undefined
  readonly dataDir: string
  readonly isProduction?: boolean
}

const demanded = { length: 32, different: 10 }

/** The key that wraps the keys kept in the database: the operator's file, or, in a trial, one made beside the data. */
export function readMasterKey(place: MasterKeyPlace): Buffer {
  if (place.file) return readKeyFile('MASTER_KEY_FILE', place.file, place.isProduction ?? false)
  if (place.isProduction) {
    // Beside the data it would leave with their backup, and whoever holds the backup would read them.
    throw new StartRefusal(
      'MASTER_KEY_FILE : en production, donnez le chemin d’un fichier gardé ailleurs que les données (openssl rand -base64 32).',
    )
  }
  const made = path.join(place.dataDir, 'master.key')
  return keyFrom(ensureSecretFile(made, () => randomBytes(32).toString('base64url')))
}

/** Reads a master key, or refuses with the name of what gave it: neither its path nor its content is shown. */
export function readKeyFile(name: string, file: string, isProduction: boolean): Buffer {
  const secret = readOperatorFile(file)
  if (secret === undefined) throw new StartRefusal(`${name} : le fichier de ce chemin ne se lit pas.`)
  const weakness = weaknessOf(secret, demanded)
  if (weakness) throw new StartRefusal(`${name} : ${weaknessInWords(weakness, demanded)}.`)
  if (isProduction && isOpenToAll(file)) {
    throw new StartRefusal(`${name} : ce fichier est ouvert à tous les comptes de la machine, faites chmod 600.`)
  }
  return keyFrom(secret)
}

// The file holds a secret of any length; AES-256 wants 32 bytes.
const keyFrom = (secret: string): Buffer => createHash('sha256').update(`maillage master key\n${secret}`).digest()
