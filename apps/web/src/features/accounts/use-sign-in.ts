import { SignIn } from '@maillage/contracts/accounts'
import { type Ref, reactive, ref } from 'vue'
import { ApiProblem } from '../../platform/http.ts'
import { explain } from '../../platform/problem-text.ts'
import { useSession } from '../../platform/session.ts'
import { accountsMessages as words } from './accounts.messages.ts'

export interface Fields {
  email: string
  password: string
  code: string
}
export type FieldErrors = Partial<Record<keyof Fields, string>>

/** What is wrong with the form before it is sent, field by field, in the order of the screen. */
export function faultsOf(fields: Fields, codeAsked: boolean): FieldErrors {
  const faults: FieldErrors = {}
  if (fields.email.trim() === '') faults.email = words.emailMissing
  else if (!SignIn.shape.email.safeParse(fields.email.trim()).success) faults.email = words.emailIncomplete
  if (fields.password === '') faults.password = words.passwordMissing
  if (codeAsked && fields.code.trim() === '') faults.code = words.codeMissing
  return faults
}

export interface SignInForm {
  fields: Fields
  faults: Ref<FieldErrors>
  /** Why the last try was refused. */
  refusal: Ref<string | undefined>
  codeAsked: Ref<boolean>
  busy: Ref<boolean>
  /** True once signed in. */
  submit: () => Promise<boolean>
}

/** The sign-in form, on its page and in the dialog over a page whose session ended. */
export function useSignIn(email = ''): SignInForm {
  const session = useSession()
  const fields = reactive<Fields>({ email, password: '', code: '' })
  const faults = ref<FieldErrors>({})
  const refusal = ref<string>()
  const codeAsked = ref(false)
  const busy = ref(false)

  const refused = (error: unknown): void => {
    if (error instanceof ApiProblem && error.code === 'second-factor-required') {
      if (codeAsked.value) faults.value = { code: words.codeRefused }
      codeAsked.value = true
      fields.code = ''
      return
    }
    refusal.value = explain(error).text
  }

  const submit = async (): Promise<boolean> => {
    if (busy.value) return false
    refusal.value = undefined
    faults.value = faultsOf(fields, codeAsked.value)
    if (Object.keys(faults.value).length > 0) return false
    busy.value = true
    try {
      const code = codeAsked.value ? { code: fields.code.replace(/\s/g, '') } : {}
      await session.signIn({ email: fields.email.trim(), password: fields.password, ...code })
      return true
    } catch (error) {
      refused(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { fields, faults, refusal, codeAsked, busy, submit }
}
