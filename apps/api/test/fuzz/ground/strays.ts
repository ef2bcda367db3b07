import type { AccountId, CptsId, MembershipId } from '@maillage/contracts/kit/ids'
import type { TestApp } from '../../build-test-app.ts'
import { aMembership, anAccount } from '../../builders/accounts.ts'
import { codeOf, firstSignIn } from '../../builders/enrolled.ts'
import { reachable } from '../errands.ts'

/** People who send nothing themselves, and whom others act upon. */
export interface Strays {
  /** Whose role may be taken away and given back. */
  readonly spare: { readonly membershipId: MembershipId }
  /** Who lost their telephone, which protects their account: the same person until they serve no more. */
  lost(): Promise<Lost>
  /** Somebody who forgot their password: another each third time, as nobody is written to more often in an hour. */
  forgetful(): Promise<string>
}

export interface Lost {
  readonly accountId: AccountId
  readonly email: string
  code(): string
  /** Nothing protects them any more, or they were written to too often: the next is somebody else. */
  leave(): void
}

/** Makes those of one territory. */
export async function theStrays(tested: TestApp, cptsId: CptsId): Promise<Strays> {
  const member = async (email: string, isSecondFactorExempt: boolean) => {
    const accountId = await anAccount(tested, { email, isSecondFactorExempt })
    const { membershipId } = await aMembership(tested, accountId, { cptsId, role: 'requester' })
    return { accountId, membershipId }
  }
  const spare = await member(`remplacement${reachable}`, true)
  let losses = 0
  const enrol = async (): Promise<Lost> => {
    losses += 1
    const email = `telephone-perdu${losses}${reachable}`
    const { accountId } = await member(email, false)
    const { secret } = await firstSignIn(tested, { email })
    const leave = (): void => {
      lost = undefined
    }
    return { accountId, email, code: () => codeOf(tested, secret), leave }
  }
  let lost: Promise<Lost> | undefined
  let asked = 0
  const aForgetful = async (email: string): Promise<string> => {
    await member(email, true)
    return email
  }
  let forgetful = Promise.resolve('')
  return {
    spare,
    lost() {
      lost ??= enrol()
      return lost
    },
    forgetful() {
      if (asked % 3 === 0) forgetful = aForgetful(`oubli${asked}${reachable}`)
      asked += 1
      return forgetful
    },
  }
}
