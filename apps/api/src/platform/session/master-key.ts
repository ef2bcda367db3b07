import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ensureSecretFile } from '../secret-file.ts'
import { StartRefusal } from '../start-refusal.ts'

/** The key that wraps the keys kept in the database: the operator's file, or, in a trial, one made beside the data. */
export function readMasterKey(place: { file?: string | undefined; dataDir: string }): Buffer {
  if (place.file) return keyFrom(readOperatorFile(place.file))
  const made = path.join(place.dataDir, 'master.key')
  return keyFrom(ensureSecretFile(made, () => randomBytes(32).toString('base64url')))
}

function readOperatorFile(file: string): string {
  try {
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length >= 32) return secret
  } catch (error) {
    throw new StartRefusal(`Le fichier de MASTER_KEY_FILE ne se lit pas : ${file}.`, { cause: error })
  }
  throw new StartRefusal(`Le secret de MASTER_KEY_FILE est trop court : 32 caractères au moins (${file}).`)
}

// The file holds a secret of any length; AES-256 wants 32 bytes.
const keyFrom = (secret: string): Buffer => createHash('sha256').update(`maillage master key\n${secret}`).digest()
