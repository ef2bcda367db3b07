import { type Ref, ref } from 'vue'
import { explain } from '../../platform/problem-text.ts'
import { isGivenUp } from '../../platform/session/passkey-support.ts'
import { securityMessages as words } from './security.messages.ts'
import { KnownKey } from './use-passkeys.ts'
import { GivenUp, type Proof, useProof } from './use-proof.ts'

export interface SecurityAct {
  proof: Proof
  busy: Ref<boolean>
  /** Why the last try failed, to say beside the button. */
  failure: Ref<string | undefined>
  /** Does it, once its person has proved who they are if that is long ago; undefined when it was not done. */
  run: <T>(work: () => Promise<T>) => Promise<T | undefined>
}

/** A change of what protects the account, and what became of it. */
export function useSecurity(): SecurityAct {
  const proof = useProof()
  const busy = ref(false)
  const failure = ref<string>()
  const said = (error: unknown): string | undefined => {
    if (error instanceof GivenUp) return undefined
    if (error instanceof KnownKey) return words.passkeyKnown
    return isGivenUp(error) ? words.passkeyGivenUp : explain(error).text
  }
  const run = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (busy.value) return undefined
    busy.value = true
    failure.value = undefined
    try {
      return await proof.withProof(work)
    } catch (error) {
      failure.value = said(error)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { proof, busy, failure, run }
}
