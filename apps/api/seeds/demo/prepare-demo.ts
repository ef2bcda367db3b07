import path from 'node:path'
import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { IdentityDeps } from '../../src/kernel/patients/patient-identity.store.ts'
import { accounts } from '../../src/kernel/tables/cpts.table.ts'
import { asOwner } from '../../src/platform/db/as-owner.ts'
import { ensureSecretFile, newSecret } from '../../src/platform/secret-file.ts'
import { hashPassword, isPassword } from '../../src/platform/session/password.ts'
import { demoAccounts } from './demo-accounts.ts'
import { endExemptions, exemptDemo } from './exemption.ts'
import { seedDemo } from './seed-demo.ts'

/** What a start tells of the demo. */
export interface DemoStart {
  /** The operator's choice; absent, no demo was asked for. */
  readonly demo: { readonly password: string | undefined; readonly secondFactor: boolean } | undefined
  readonly isProduction: boolean
  readonly dataDir: string
  readonly url: string
  readonly ownerUrl: string
  readonly now: () => Date
  readonly say: (line: string) => void
  /** What keeps health numbers: the demo shows some, invented under the authority of tests. */
  readonly identities: IdentityDeps
}

/** A demo that is ready: who may sign in, and with which password. */
export interface ReadyDemo {
  readonly accounts: readonly { email: string; label: string }[]
  readonly password: string
}

/**
 * Makes the demo ready before the API listens: seeds it the first time, and gives its accounts the password of this
 * start. Where no demo is asked for, accounts that an earlier start left are closed.
 */
export async function prepareDemo(start: DemoStart): Promise<ReadyDemo | undefined> {
  const { demo, dataDir, url, ownerUrl, now, say } = start
  if (!demo || start.isProduction) {
    await closeAccounts(ownerUrl, now())
    await endExemptions(ownerUrl, start)
    return undefined
  }
  const password = demo.password ?? ensureSecretFile(path.join(dataDir, 'demo.password'), newSecret)
  let refused = 0
  await seedDemo({
    url,
    ownerUrl,
    now: now(),
    password,
    identities: start.identities,
    onProgress: (done, all) => say(`Démonstration : ${done}/${all} dossiers…`),
    onRefusal: () => {
      refused += 1
    },
  })
  if (refused > 0) say(`Démonstration : ${refused} dossiers s’arrêtent plus tôt que prévu.`)
  await openAccounts(ownerUrl, password)
  await exemptDemo(ownerUrl, !demo.secondFactor)
  return { accounts: demoAccounts, password }
}

/** The lines that a start prints. */
export function describeDemo({ accounts: shown, password }: ReadyDemo): string[] {
  const width = Math.max(...shown.map(({ email }) => email.length))
  return [
    'Comptes de démonstration (personnes inventées) :',
    ...shown.map(({ email, label }) => `  ${email.padEnd(width)}  ${label}`),
    `Mot de passe : ${password}`,
  ]
}

const shownEmails = demoAccounts.map(({ email }): string => email)

/** The accounts shown take the password of this start, which may have changed since they were made. */
async function openAccounts(ownerUrl: string, password: string): Promise<void> {
  await asOwner(ownerUrl, async (tx) => {
    const reopened = and(eq(accounts.isDemo, true), isNotNull(accounts.disabledAt))
    await tx.update(accounts).set({ disabledAt: null }).where(reopened)
    const shown = and(eq(accounts.isDemo, true), inArray(accounts.email, shownEmails))
    const known = await tx.select({ hash: accounts.passwordHash }).from(accounts).where(shown)
    const checked = await Promise.all(known.map(({ hash }) => isPassword(hash, password)))
    if (checked.every((isSame) => isSame)) return
    await tx
      .update(accounts)
      .set({ passwordHash: await hashPassword(password) })
      .where(shown)
  })
}

const closeAccounts = (ownerUrl: string, now: Date): Promise<void> =>
  asOwner(ownerUrl, async (tx) => {
    const open = and(eq(accounts.isDemo, true), isNull(accounts.disabledAt))
    await tx.update(accounts).set({ disabledAt: now }).where(open)
  })
