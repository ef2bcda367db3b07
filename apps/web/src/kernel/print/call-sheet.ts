import type { CaseHeader, TimelineEntry } from '@maillage/contracts/cases'
import type { ContactPerson, Patient } from '@maillage/contracts/patients'
import { momentInWords } from '../../ui/words/dates.ts'
import { phoneInWords } from '../../ui/words/typography.ts'
import { shownLines } from '../story/story-lines.ts'

export interface SheetCall {
  who: string
  phone: string
}

const ofContact = (part: string, contact: ContactPerson | null): SheetCall[] => {
  if (!contact) return []
  const tie = [part, contact.relationship].filter(Boolean).join(', ')
  return [{ who: `${contact.name} (${tie})`, phone: contact.phone ? phoneInWords(contact.phone) : 'sans numéro' }]
}

/** Whom to call, in order: a minor's parent first, then the person, then those around them. */
export function callsOf(patient: Patient): SheetCall[] {
  const own = patient.phones.map((phone, at) => ({
    who: at === 0 ? `${patient.firstName} ${patient.lastName}` : 'autre numéro',
    phone: phoneInWords(phone),
  }))
  return [
    ...ofContact('parent ou tuteur', patient.guardian),
    ...(own.length > 0 ? own : [{ who: `${patient.firstName} ${patient.lastName}`, phone: 'sans téléphone' }]),
    ...ofContact('aidant', patient.caregiver),
    ...ofContact('personne de confiance', patient.trustedPerson),
  ]
}

export function addressOf({ address }: Patient): string {
  const town = [address.postalCode, address.municipalityName].filter(Boolean).join(' ')
  return [address.line, address.complement, town].filter(Boolean).join(', ')
}

const tries: readonly TimelineEntry['type'][] = ['contact-attempt', 'note', 'proposal', 'message']
const mostTries = 8
const longest = 240

const shortened = (quote: string): string =>
  quote.length > longest ? `${quote.slice(0, longest).trimEnd()}… (suite à l’écran)` : quote

/** What was tried and said, the newest first: as much as one page can hold. */
export function triedOf(
  header: CaseHeader,
  entries: readonly TimelineEntry[],
  reasonLabels: Readonly<Record<string, string>>,
  now: Date,
): string[] {
  const kept = entries.filter(({ type }) => tries.includes(type))
  const lines = shownLines(kept, { kind: header.kind, reasonLabels, me: undefined })
  return lines.slice(0, mostTries).map(({ at, by, what, quote }) => {
    const said = quote ? `\u00A0: «\u00A0${shortened(quote)}\u00A0»` : ''
    return `${momentInWords(at, now)}, ${by} ${what}${said}`
  })
}
