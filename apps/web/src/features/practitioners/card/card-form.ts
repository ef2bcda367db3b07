import type { PracticeSite, PractitionerCard } from '@maillage/contracts/directory/practitioner-cards'
import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import type { FaultWords } from '../../../kernel/fields/faults.ts'
import type { Commune } from '../../../kernel/fields/patient-form.ts'
import { phoneInWords } from '../../../ui/words/typography.ts'

/** A known answer, or none: what is not known is never shown as « non ». */
export type Answer = 'yes' | 'no' | 'unknown'

/** A place of practice as the screen holds it: empty texts stand for « nothing said ». */
export interface SiteForm {
  /** For the screen alone: lines keep their fields when another is taken away. */
  key: string
  name: string
  line: string
  postalCode: string
  commune: Commune | undefined
  phone: string
  hours: string
  accessible: Answer
}

export interface CardForm {
  practice: string
  practiceLine: string
  practicePostalCode: string
  commune: Commune | undefined
  practicePhone: string
  practiceEmail: string
  mssanteAddress: string
  practiceHours: string
  languages: string
  accessible: Answer
  homeVisits: Answer
  teleconsultation: Answer
  sites: SiteForm[]
  children: boolean
  longTerm: boolean
}

const answersBy = { true: 'yes', false: 'no', null: 'unknown' } as const
const answerOf = (known: boolean | null): Answer => answersBy[`${known}`]
const knownOf = (answer: Answer): boolean | null => (answer === 'unknown' ? null : answer === 'yes')
const communeOf = ({ code, name }: { code: string; name: string }): Commune => ({
  code,
  name,
  postalCode: '',
  inTerritory: true,
})
const phoneOf = (phone: string | null): string => (phone ? phoneInWords(phone) : '')

/** A card, ready to be changed. */
export const cardFormOf = (card: PractitionerCard): CardForm => ({
  practice: card.practice ?? '',
  practiceLine: card.practiceLine ?? '',
  practicePostalCode: card.practicePostalCode ?? '',
  commune: communeOf(card.municipality),
  practicePhone: phoneOf(card.practicePhone),
  practiceEmail: card.practiceEmail ?? '',
  mssanteAddress: card.mssanteAddress ?? '',
  practiceHours: card.practiceHours ?? '',
  languages: card.languages.join(', '),
  accessible: answerOf(card.accessible),
  homeVisits: answerOf(card.homeVisits),
  teleconsultation: answerOf(card.teleconsultation),
  sites: card.sites.map(siteFormOf),
  children: card.profile?.children ?? true,
  longTerm: card.profile?.longTerm ?? true,
})

const siteFormOf = (site: PracticeSite): SiteForm => ({
  key: site.id,
  name: site.name ?? '',
  line: site.line ?? '',
  postalCode: site.postalCode ?? '',
  commune: communeOf(site.municipality),
  phone: phoneOf(site.phone),
  hours: site.hours ?? '',
  accessible: answerOf(site.accessible),
})

/** A place with nothing written yet. */
export const emptySite = (): SiteForm => ({
  key: crypto.randomUUID(),
  name: '',
  line: '',
  postalCode: '',
  commune: undefined,
  phone: '',
  hours: '',
  accessible: 'unknown',
})

const textOf = (typed: string): string | null => typed.trim() || null
// What is no number is sent as it was typed: the contract names the field.
const sentPhone = (typed: string): string | null => (typed.trim() ? (toE164(typed) ?? typed) : null)

/** Each field as it would be sent. */
const wanted = (form: CardForm) => ({
  practice: textOf(form.practice),
  practiceLine: textOf(form.practiceLine),
  practicePostalCode: textOf(form.practicePostalCode),
  municipality: form.commune?.code,
  practicePhone: sentPhone(form.practicePhone),
  practiceEmail: textOf(form.practiceEmail),
  mssanteAddress: textOf(form.mssanteAddress),
  practiceHours: textOf(form.practiceHours),
  languages: form.languages
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean),
  accessible: knownOf(form.accessible),
  homeVisits: knownOf(form.homeVisits),
  teleconsultation: knownOf(form.teleconsultation),
  sites: form.sites.map((site) => ({
    name: textOf(site.name),
    line: textOf(site.line),
    postalCode: textOf(site.postalCode),
    municipality: site.commune?.code,
    phone: sentPhone(site.phone),
    accessible: knownOf(site.accessible),
    hours: textOf(site.hours),
  })),
  profile: { homeVisits: form.homeVisits === 'yes', children: form.children, longTerm: form.longTerm },
})

/**
 * The body of the change, for the contract to judge: only the fields that differ from the card as it was read, so that
 * what somebody did not touch keeps its origin and goes on following the public extraction.
 */
export function cardBody(form: CardForm, card: PractitionerCard): Record<string, unknown> {
  const before = wanted(cardFormOf(card))
  const changed = Object.entries(wanted(form)).filter(
    // Both are made by the same function: the key is one of its own.
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof typeof before]),
  )
  return { ...Object.fromEntries(changed), version: card.version }
}

export const cardFaultWords: FaultWords = {
  '/practice': 'Deux cents caractères au plus.',
  '/practicePostalCode': 'Un code postal a cinq chiffres.',
  '/municipality': 'Choisissez une commune de la liste.',
  '/practicePhone': 'Ce numéro n’est pas un numéro de téléphone.',
  '/practiceEmail': 'Cette adresse n’est pas une adresse e-mail.',
  '/mssanteAddress': 'Cette adresse n’est pas une adresse e-mail.',
  '/practiceHours': 'Trois cents caractères au plus.',
  '/languages': 'Vingt langues au plus.',
  '/languages/*': 'Une langue tient en soixante caractères.',
  '/sites': 'Huit autres lieux au plus.',
  '/sites/*/municipality': 'Choisissez une commune de la liste.',
  '/sites/*/postalCode': 'Un code postal a cinq chiffres.',
  '/sites/*/phone': 'Ce numéro n’est pas un numéro de téléphone.',
  '/sites/*/hours': 'Trois cents caractères au plus.',
}
