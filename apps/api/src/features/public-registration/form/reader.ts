import { DayDate } from '@maillage/contracts/kit/dates'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import * as z from 'zod'
import type { Answers } from '../public-registration.table.ts'
import type { Fault } from './field.ts'

/** Reads answers one by one and keeps what is wrong with them: a page is told all its faults at once. */
export interface AnswerReader {
  readonly faults: Fault[]
  blame(field: string, text: string): void
  text(name: string, most: number): string | undefined
  needed(name: string, most: number, otherwise: string): string
  isTicked(name: string): boolean
  choice<Value extends string>(name: string, values: readonly Value[]): Value | undefined
  count(name: string, most: number): number | undefined
  day(name: string): DayDate | undefined
  phone(name: string): string | undefined
  email(name: string): string | undefined
}

const Email = z.email().max(200)

/** A reader of what somebody typed. */
export function readerOf(answers: Answers): AnswerReader {
  const faults: Fault[] = []
  const typed = (name: string): string => (answers[name] ?? '').trim()
  const blame = (field: string, text: string): void => {
    faults.push({ field, text })
  }
  const text = (name: string, most: number): string | undefined => {
    const word = typed(name)
    if (word.length > most) blame(name, `Écrivez ${most} caractères au plus`)
    return word.length > 0 && word.length <= most ? word : undefined
  }
  return {
    faults,
    blame,
    text,
    needed(name, most, otherwise) {
      const word = text(name, most)
      if (word === undefined && typed(name).length === 0) blame(name, otherwise)
      return word ?? ''
    },
    isTicked: (name) => typed(name) === 'yes',
    choice: (name, values) => values.find((value) => value === typed(name)),
    count(name, most) {
      const word = typed(name)
      if (word === '') return undefined
      const count = /^\d{1,4}$/.test(word) ? Number(word) : Number.NaN
      if (count <= most) return count
      blame(name, `Écrivez un nombre de 0 à ${most}`)
      return undefined
    },
    day(name) {
      const parts = [typed(`${name}Year`), typed(`${name}Month`).padStart(2, '0'), typed(`${name}Day`).padStart(2, '0')]
      const read = DayDate.safeParse(parts.join('-'))
      return read.success ? read.data : undefined
    },
    phone(name) {
      const word = typed(name)
      const phone = word === '' ? undefined : toE164(word)
      if (word !== '' && !phone) blame(name, 'Écrivez un numéro complet, par exemple 06 39 98 12 34')
      return phone
    },
    email(name) {
      const word = typed(name)
      if (word === '') return undefined
      const read = Email.safeParse(word)
      if (!read.success) blame(name, 'Écrivez une adresse complète, par exemple nom@exemple.fr')
      return read.data
    },
  }
}

// Numbers that take text messages; the overseas ones by their own calling codes.
const mobile = /^\+(33[67]|262(692|693|639)|590(690|691)|594694|596(696|697))/

/** By which way a link reaches somebody. */
export type ContactAddress = { readonly email: string } | { readonly phone: string }

/** Where a link goes: the e-mail first, since it costs nothing and is kept, else a number that takes text messages. */
export function addressAmong(email: string | undefined, phone: string | undefined): ContactAddress | undefined {
  if (email) return { email }
  return phone && mobile.test(phone) ? { phone } : undefined
}
