import type { CardField, FieldSource, PractitionerCard } from '@maillage/contracts/directory/practitioner-cards'
import { shortDayInWords } from '../../../ui/words/dates.ts'

/** Where a field comes from: « saisi par vous le 3 mars », « annuaire national, lu le 3 mars ». */
export function sourceInWords(source: FieldSource | undefined, isOwn: boolean, now: Date): string | undefined {
  if (!source || source.from === 'none') return undefined
  const day = source.at ? shortDayInWords(new Date(source.at), now) : undefined
  const who = {
    self: isOwn ? 'saisi par vous' : 'saisi par le praticien',
    coordinator: 'saisi par la coordination',
    import: 'annuaire national',
  }[source.from]
  if (!day) return who
  return source.from === 'import' ? `${who}, lu le ${day}` : `${who} le ${day}`
}

/** The source of one field. */
export const sourceOf = (card: PractitionerCard, field: CardField): FieldSource | undefined =>
  card.sources.find((one) => one.field === field)

/** How it was confirmed the last time. */
export const confirmationWays = {
  self: 'par l’intéressé',
  link: 'par le lien d’un message',
  phone: 'par téléphone',
} as const
