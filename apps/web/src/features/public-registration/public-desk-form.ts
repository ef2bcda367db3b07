import type { PublicDesk } from '@maillage/contracts/coordination/public-registration'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import type { FaultWords } from '../../kernel/fields/faults.ts'
import { phoneInWords } from '../../ui/words/typography.ts'

/** What the screen holds: empty texts stand for « nothing said ». */
export interface PublicDeskForm {
  isOpen: boolean
  phone: string
  hours: string
  email: string
}

/** The form of what is known. */
export const publicDeskFormOf = ({ isOpen, phone, hours, email }: PublicDesk): PublicDeskForm => ({
  isOpen,
  phone: phone ? phoneInWords(phone) : '',
  hours: hours ?? '',
  email: email ?? '',
})

/** What is sent; a number that is none stays as typed, for the contract to refuse it. */
export function publicDeskBody({ isOpen, phone, hours, email }: PublicDeskForm, version: number) {
  const typed = phone.trim()
  return {
    isOpen,
    phone: typed === '' ? null : (toE164(typed) ?? typed),
    hours: hours.trim() || null,
    email: email.trim() || null,
    version,
  }
}

export const publicDeskFaultWords: FaultWords = {
  '/phone': 'Ce numéro n’est pas un numéro de téléphone.',
  '/hours': 'Cent vingt caractères au plus.',
  '/email': 'Cette adresse n’est pas une adresse e-mail.',
}

/** The address to give: where a request begins, with the commune chosen already when there is one. */
export const publicLink = (origin: string, commune: string): string =>
  `${origin}/demande${commune === '' ? '' : `?commune=${encodeURIComponent(commune)}`}`
