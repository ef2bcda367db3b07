import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import { NewPartner, type Partner } from '@maillage/contracts/partners/partners'
import * as z from 'zod'
import { phoneInWords } from '../../ui/words/typography.ts'

export interface ContactFields {
  function: string
  name: string
  phone: string
  email: string
  mssante: string
  hours: string
  unit: string
}
export interface UnitFields {
  id?: string
  name: string
  phone: string
}
/** A partner's card as it is typed. */
export interface PartnerFields {
  name: string
  kind: string
  finess: string
  addressLine: string
  postalCode: string
  municipality: string
  phone: string
  email: string
  notes: string
  contacts: ContactFields[]
  units: UnitFields[]
}

const Typed = z.string()
/** A card as a draft holds it: typed and not judged, so of the right shape and no more. */
export const DraftOfPartner = z.object({
  name: Typed,
  kind: Typed,
  finess: Typed,
  addressLine: Typed,
  postalCode: Typed,
  municipality: Typed,
  phone: Typed,
  email: Typed,
  notes: Typed,
  contacts: z.array(
    z.object({
      function: Typed,
      name: Typed,
      phone: Typed,
      email: Typed,
      mssante: Typed,
      hours: Typed,
      unit: Typed,
    }),
  ),
  units: z.array(z.object({ id: Typed.optional(), name: Typed, phone: Typed })),
  /** The version that was on screen when it was typed. */
  version: z.int().optional(),
})

const typedPhone = (phone: string | null | undefined): string =>
  phone ? phoneInWords(phone).replaceAll(/\s/g, ' ') : ''

export const emptyContact = (): ContactFields => ({
  function: '',
  name: '',
  phone: '',
  email: '',
  mssante: '',
  hours: '',
  unit: '',
})
export const emptyUnit = (): UnitFields => ({ name: '', phone: '' })

/** What the form opens with. */
export const fieldsOfPartner = (partner: Partner | undefined): PartnerFields => ({
  name: partner?.name ?? '',
  kind: partner?.kind ?? 'hospital',
  finess: partner?.finess ?? '',
  addressLine: partner?.addressLine ?? '',
  postalCode: partner?.postalCode ?? '',
  municipality: partner?.municipality?.code ?? '',
  phone: typedPhone(partner?.phone),
  email: partner?.email ?? '',
  notes: partner?.notes ?? '',
  contacts: (partner?.contacts ?? []).map((one) => ({ ...emptyContact(), ...one, phone: typedPhone(one.phone) })),
  units: (partner?.units ?? []).map(({ id, name, phone }) => ({ id, name, phone: typedPhone(phone) })),
})

const words: Readonly<Record<string, string>> = {
  name: 'Indiquez un nom.',
  function: 'Indiquez ce que fait cette personne.',
  phone: 'Indiquez un numéro de téléphone complet.',
  email: 'Indiquez une adresse e-mail complète.',
  mssante: 'Indiquez une adresse MSSanté complète.',
  postalCode: 'Cinq chiffres.',
  finess: 'Neuf chiffres.',
}

/** What was left empty is not sent; a phone that cannot be read is sent as typed, for the contract to refuse. */
function given<T extends object>(typed: T): Partial<T> {
  const entries = Object.entries(typed).flatMap(([name, value]) => {
    if (typeof value !== 'string') return [[name, value] as const]
    const words = value.trim()
    if (words === '') return []
    return [[name, name === 'phone' ? (toE164(words) ?? words) : words] as const]
  })
  // The same keys, fewer of them.
  return Object.fromEntries(entries) as Partial<T>
}

/** The card to send, or what is wrong with each field: `contacts.0.phone`. */
export function readPartner(typed: PartnerFields): { body: NewPartner } | { faults: Record<string, string> } {
  const read = NewPartner.safeParse({
    ...given(typed),
    contacts: typed.contacts.map(given),
    units: typed.units.map(given),
  })
  if (read.success) return { body: read.data }
  return {
    faults: Object.fromEntries(
      read.error.issues.map(({ path }) => [path.join('.'), words[String(path.at(-1))] ?? 'À revoir.']),
    ),
  }
}
