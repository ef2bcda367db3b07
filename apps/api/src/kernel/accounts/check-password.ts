import { isPassword } from '../../platform/session/password.ts'
import { type AttemptKeys, countAttempt, forgetAttempts } from '../../platform/session/sign-in-attempts.ts'
import type { Deps } from '../context.ts'
import type { AccountRow } from './account.store.ts'

/** Is this the password of a known account? Tries are counted against these keys, and forgotten when it is. */
export async function checkPassword(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { passwordHash }: AccountRow,
  password: string,
  keys: AttemptKeys,
): Promise<boolean> {
  await db.global((tx) => countAttempt(tx, keys, now()))
  if (!(await isPassword(passwordHash, password))) return false
  await db.global((tx) => forgetAttempts(tx, keys))
  return true
}
