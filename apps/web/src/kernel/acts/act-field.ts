import type { Sex } from '@maillage/contracts/patients'

/** One field of an act; its `name` is that of the body. */
export type ActField =
  | { type: 'moment' | 'day' | 'text'; name: string; label: string; optional?: boolean }
  | {
      type: 'choice'
      name: string
      label: string
      options: readonly { value: string; label: string }[]
      optional?: boolean
    }

/** How an act of a case is offered and asked: its words, its fields, and what goes without asking. */
export interface ActForm {
  label: string
  title: string
  description?: string
  confirm: string
  fields: readonly ActField[]
  preset?: (now: Date) => Record<string, unknown>
}

export type FormsOf = (sex: Sex) => Readonly<Record<string, ActForm>>
