import { type Ref, ref } from 'vue'
import { ApiProblem } from '../../platform/http.ts'

export interface Proof {
  /** Whether the dialog that asks for the password is open. */
  asking: Ref<boolean>
  /** Does it; when the sign-in is too old, once its person has shown the password again. */
  withProof: <T>(work: () => Promise<T>) => Promise<T>
  proved: () => void
  /** The dialog went away; without a proof, what waits for it is given up. */
  closed: (isOpen: boolean) => void
}

/** What somebody did not go on with: their own choice, and no failure. */
export class GivenUp extends Error {
  override readonly name = 'AbortError'
}

/** Runs what changes the protection of an account; a long-open session asks for the password first, then goes on. */
export function useProof(): Proof {
  const asking = ref(false)
  let settle: ((isProved: boolean) => void) | undefined
  const answer = (isProved: boolean): void => {
    settle?.(isProved)
    settle = undefined
  }
  const withProof = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'proof-required') throw error
      asking.value = true
      const isProved = await new Promise<boolean>((resolve) => {
        settle = resolve
      })
      if (!isProved) throw new GivenUp()
      return await work()
    }
  }
  return { asking, withProof, proved: () => answer(true), closed: (isOpen) => (isOpen ? undefined : answer(false)) }
}
