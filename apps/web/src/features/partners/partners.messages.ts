import type { Agreement, Partner } from '@maillage/contracts/partners/partners'
import { dayInWords } from '../../ui/words/dates.ts'

/** The kinds of partners as people say them. */
export const kindLabels: Readonly<Record<Partner['kind'], string>> = {
  hospital: 'Hôpital',
  clinic: 'Clinique',
  'nursing-home': 'EHPAD',
  ccas: 'CCAS',
  dac: 'DAC',
  other: 'Autre partenaire',
}

/** Where an agreement stands. */
export const agreementLabels: Readonly<Record<Agreement['status'], string>> = {
  unsigned: 'À signer',
  'to-come': 'À venir',
  'in-force': 'En cours',
  'to-renew': 'À renouveler',
  lapsed: 'Échue',
  renewed: 'Renouvelée',
  ended: 'Terminée',
}

/** « du 1er mai 2025 au 30 avril 2026 », « depuis le 1er mai 2025, sans terme ». */
export function termInWords({ startsOn, endsOn, endedOn }: Agreement): string {
  const end = endedOn ?? endsOn
  // A day stays in one piece where the line breaks.
  const day = (one: string): string => dayInWords(one).replaceAll(' ', '\u00A0')
  return end ? `du ${day(startsOn)} au ${day(end)}` : `depuis le ${day(startsOn)}, sans terme`
}

/** The agreement that says most of a partner in a list: what asks for something, else what holds. */
export function leadingAgreement({ agreements }: Partner): Agreement | undefined {
  const order: readonly Agreement['status'][] = ['lapsed', 'to-renew', 'in-force', 'to-come', 'unsigned']
  return order.flatMap((status) => (agreements ?? []).filter((one) => one.status === status))[0]
}
