import { and, eq, ne } from 'drizzle-orm'
import { accounts } from '../../src/kernel/tables/cpts.table.ts'
import { asOwner } from '../../src/platform/db/as-owner.ts'

/** The invented people are asked for a second factor or not, as the operator says at each start. */
export const exemptDemo = (ownerUrl: string, isSecondFactorExempt: boolean): Promise<void> =>
  asOwner(ownerUrl, async (tx) => {
    const changed = and(eq(accounts.isDemo, true), ne(accounts.isSecondFactorExempt, isSecondFactorExempt))
    await tx.update(accounts).set({ isSecondFactorExempt }).where(changed)
  })

/** Where no demo is asked for, its accounts are exempt no longer; in production nobody is, whatever wrote it. */
export const endExemptions = (ownerUrl: string, { isProduction }: { readonly isProduction: boolean }): Promise<void> =>
  asOwner(ownerUrl, async (tx) => {
    const exempt = eq(accounts.isSecondFactorExempt, true)
    await tx
      .update(accounts)
      .set({ isSecondFactorExempt: false })
      .where(isProduction ? exempt : and(exempt, eq(accounts.isDemo, true)))
  })
