import type { LockedSession, UnlockSession } from '@maillage/contracts/access/sessions'
import { computed, type Ref, reactive, ref, shallowRef } from 'vue'
import { ApiProblem } from '../../platform/http.ts'
import { explain } from '../../platform/problem-text.ts'
import { isGivenUp, knowsPasskeys } from '../../platform/session/passkey-support.ts'
import { OtherAccount, useSession } from '../../platform/session.ts'
import { accountsMessages as words } from './accounts.messages.ts'

/** What is typed: the password, or the code of an authenticator. */
export type UnlockField = 'password' | 'code'

export interface UnlockForm {
  fields: Record<UnlockField, string>
  asked: Ref<UnlockField>
  /** What is wrong with what was typed. */
  fault: Ref<string | undefined>
  /** Why the last try was refused. */
  refusal: Ref<string | undefined>
  busy: Ref<boolean>
  /** What this session and this browser offer; undefined until the server has said so. */
  ways: Readonly<Ref<LockedSession | undefined>>
  learnWays: () => Promise<void>
  ask: (field: UnlockField) => void
  submit: () => Promise<void>
  byPasskey: () => Promise<void>
  /** Through the provider that vouched for the session: what stands on the page alone is lost. */
  byProvider: (returnTo: string) => Promise<void>
  leave: () => Promise<void>
}

const passkeys = () => import('../../platform/session/passkeys.ts')

/** Tries one after the other, and what the screen says of those that were refused. */
function unlockAttempts({ fault, refusal, busy }: Pick<UnlockForm, 'fault' | 'refusal' | 'busy'>) {
  const session = useSession()
  /** Somebody else at this computer, or nobody: all that the page held is forgotten by loading anew. */
  const leave = async (): Promise<void> => {
    try {
      await session.signOut()
      window.location.assign('/')
    } catch (error) {
      refusal.value = explain(error).text
    }
  }
  const refused = async (error: unknown): Promise<void> => {
    if (error instanceof OtherAccount) refusal.value = words.otherAccountLocked
    else if (isGivenUp(error)) refusal.value = words.passkeyGivenUp
    else if (!(error instanceof ApiProblem)) refusal.value = explain(error).text
    // Ended elsewhere meanwhile: whoever signs in again finds the page, where there is one.
    else if (error.code === 'session-ended' && session.account) session.phase = 'interrupted'
    else if (error.code === 'session-ended') await leave()
    else if (error.code === 'wrong-credentials') fault.value = words.passwordRefused
    else if (error.code === 'wrong-second-factor') fault.value = words.codeRefused
    else refusal.value = explain(error).text
  }
  const attempt = async (open: () => Promise<void>): Promise<void> => {
    if (busy.value) return
    refusal.value = undefined
    fault.value = undefined
    busy.value = true
    try {
      await open()
    } catch (error) {
      await refused(error)
    } finally {
      busy.value = false
    }
  }
  return { attempt, refused, leave }
}

/** The form of a locked screen. */
export function useUnlock(): UnlockForm {
  const session = useSession()
  const fields = reactive({ password: '', code: '' })
  const asked = ref<UnlockField>('password')
  const fault = ref<string>()
  const refusal = ref<string>()
  const busy = ref(false)
  const told = shallowRef<LockedSession>()
  const ways = computed(() => told.value && { ...told.value, passkey: told.value.passkey && knowsPasskeys() })

  const { attempt, refused, leave } = unlockAttempts({ fault, refusal, busy })

  const keyTyped = (): UnlockSession | undefined => {
    if (asked.value === 'password') return fields.password === '' ? undefined : { password: fields.password }
    return /^\s*\d{3}[\s-]?\d{3}\s*$/.test(fields.code) ? { code: fields.code.trim() } : undefined
  }
  const submit = async (): Promise<void> => {
    const key = keyTyped()
    if (key) await attempt(() => session.unlock(key))
    else fault.value = asked.value === 'password' ? words.passwordMissing : words.codeMissing
  }
  const byPasskey = (): Promise<void> =>
    attempt(async () => {
      const { signInByPasskey } = await passkeys()
      await session.enter(signInByPasskey)
    })
  const byProvider = async (returnTo: string): Promise<void> => {
    const provider = told.value?.provider
    const query = new URLSearchParams({ returnTo }).toString()
    if (provider) await attempt(() => session.leaveLocked(`/api/v1/openid/${provider}/start?${query}`))
  }
  const ask = (field: UnlockField): void => {
    asked.value = field
    Object.assign(fields, { password: '', code: '' })
    fault.value = undefined
    refusal.value = undefined
  }
  const learnWays = async (): Promise<void> => {
    try {
      told.value = await session.waysBack()
      // Some browsers show their keys only soon after a press: what is needed comes before it.
      if (ways.value?.passkey) passkeys().catch(() => undefined)
    } catch (error) {
      // Without an answer the password is asked: the next call says what is wrong.
      if (error instanceof ApiProblem && error.code === 'session-ended') await refused(error)
    }
  }
  return { fields, asked, fault, refusal, busy, ways, learnWays, ask, submit, byPasskey, byProvider, leave }
}
