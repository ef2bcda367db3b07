import { randomBytes } from 'node:crypto'
import { seedDemo } from '../../seeds/demo/seed-demo.ts'
import type { IdentityDeps } from '../../src/kernel/patients/patient-identity.store.ts'
import { openFieldCipher, prepareDataKeys } from '../../src/platform/crypto/field-cipher.ts'
import type { ProblemError } from '../../src/platform/problem-error.ts'
import { loadReference } from '../../src/reference/load-reference.ts'
import { openTestDatabase, type TestDatabase } from '../test-db.ts'

/** A seeded demo in a private database: smaller than the one of a trial, with every status all the same. */
export interface TestDemo {
  readonly database: TestDatabase
  readonly now: Date
  readonly scale: number
  /** What the rules refused: nothing, when the scenario is right. */
  readonly refusals: readonly ProblemError[]
}

/** The password of the accounts shown, in tests. */
export const demoPassword = 'mot-de-passe-d-essai'

/** Seeds a demo as of `now`. Call it in `beforeAll`, with a generous delay. */
export async function aDemo({ scale = 0.1, now = new Date() }: { scale?: number; now?: Date } = {}): Promise<TestDemo> {
  const database = await openTestDatabase()
  await loadReference(database.ownerUrl)
  const refusals: ProblemError[] = []
  const onRefusal = (_story: unknown, error: ProblemError): void => {
    refusals.push(error)
  }
  const { url, ownerUrl, db, asOwner } = database
  const masterKey = randomBytes(32)
  await prepareDataKeys({ db, asOwner, masterKey, now: () => now })
  const identities: IdentityDeps = { fieldCipher: openFieldCipher(masterKey), acceptedHealthIds: ['test'] }
  await seedDemo({ url, ownerUrl, identities, now, password: demoPassword, scale, onRefusal })
  return { database, now, scale, refusals }
}
