import { SignIn } from '@maillage/contracts/accounts'
import { type Ref, reactive, ref } from 'vue'
import { ApiProblem } from '../../platform/http.ts'
import { explain } from '../../platform/problem-text.ts'
import { isGivenUp } from '../../platform/session/passkey-support.ts'
import { OtherAccount, useSession } from '../../platform/session.ts'
import { accountsMessages as words } from './accounts.messages.ts'

export interface Fields {
  email: string
  password: string
  code: string
  /** Asks this browser for no code during thirty days. */
  remember: boolean
}
export type FieldErrors = Partial<Record<keyof Fields, string>>

/** What is asked beside the password: nothing yet, the code of an authenticator, or one kept for the day it is lost. */
export type CodeAsked = 'none' | 'totp' | 'recovery'

/** What is wrong with the form before it is sent, field by field, in the order of the screen. */
export function faultsOf(fields: Fields, asked: CodeAsked): FieldErrors {
  const faults: FieldErrors = {}
  if (fields.email.trim() === '') faults.email = words.emailMissing
  else if (!SignIn.shape.email.safeParse(fields.email.trim()).success) faults.email = words.emailIncomplete
  if (fields.password === '') faults.password = words.passwordMissing
  if (asked !== 'none' && fields.code.trim() === '')
    faults.code = asked === 'totp' ? words.codeMissing : words.recoveryCodeMissing
  return faults
}

export interface SignInForm {
  fields: Fields
  faults: Ref<FieldErrors>
  /** Why the last try was refused. */
  refusal: Ref<string | undefined>
  asked: Ref<CodeAsked>
  busy: Ref<boolean>
  /** True once signed in. */
  submit: () => Promise<boolean>
  /** The same, without password: by a passkey. */
  byPasskey: () => Promise<boolean>
  /** Another sort of code, or back to the password. */
  ask: (code: CodeAsked) => void
}

/** The sign-in form, on its page and in the dialog over a page whose session ended. */
export function useSignIn(email = ''): SignInForm {
  const session = useSession()
  const fields = reactive<Fields>({ email, password: '', code: '', remember: false })
  const faults = ref<FieldErrors>({})
  const refusal = ref<string>()
  const asked = ref<CodeAsked>('none')
  const busy = ref(false)

  const ask = (code: CodeAsked): void => {
    asked.value = code
    fields.code = ''
    faults.value = {}
    refusal.value = undefined
  }
  const refused = (error: unknown): void => {
    if (error instanceof OtherAccount) refusal.value = words.otherAccount
    else if (isGivenUp(error)) refusal.value = words.passkeyGivenUp
    else if (error instanceof ApiProblem && error.code === 'second-factor-required') ask('totp')
    else if (error instanceof ApiProblem && error.code === 'wrong-second-factor') {
      fields.code = ''
      faults.value = { code: asked.value === 'recovery' ? words.recoveryCodeRefused : words.codeRefused }
    } else refusal.value = explain(error).text
  }
  const attempt = async (enter: () => Promise<void>): Promise<boolean> => {
    if (busy.value) return false
    refusal.value = undefined
    faults.value = {}
    busy.value = true
    try {
      await enter()
      return true
    } catch (error) {
      refused(error)
      return false
    } finally {
      busy.value = false
    }
  }

  const submit = async (): Promise<boolean> => {
    const found = faultsOf(fields, asked.value)
    if (Object.keys(found).length > 0) {
      faults.value = found
      return false
    }
    const remember = asked.value === 'totp' && fields.remember ? { rememberDevice: true } : {}
    const code = asked.value === 'none' ? {} : { code: fields.code.trim(), ...remember }
    return await attempt(() => session.signIn({ email: fields.email.trim(), password: fields.password, ...code }))
  }
  const byPasskey = (): Promise<boolean> =>
    attempt(async () => {
      const { signInByPasskey } = await import('../../platform/session/passkeys.ts')
      await session.enter(signInByPasskey)
    })
  return { fields, faults, refusal, asked, busy, submit, byPasskey, ask }
}
