import { cardFreshDays } from '@maillage/contracts/directory/practitioner-cards'
import { daysBetween } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'

const NBSP = '\u00A0'

/** « confirmée il y a 4 mois », « jamais confirmée », and whether it must be asked again. */
export function freshnessOfCard(confirmedAt: string | null, now: Date): { words: string; isStale: boolean } {
  if (!confirmedAt) return { words: 'jamais confirmée', isStale: true }
  const days = Math.max(0, daysBetween(new Date(confirmedAt), now))
  const isStale = days > cardFreshDays
  if (days === 0) return { words: 'confirmée aujourd’hui', isStale }
  if (days === 1) return { words: 'confirmée hier', isStale }
  if (days < 31) return { words: `confirmée il y a ${counted(days, 'jour', 'jours')}`, isStale }
  const months = Math.floor(days / 30.44)
  if (months < 24) return { words: `confirmée il y a ${months}${NBSP}mois`, isStale }
  return { words: `confirmée il y a ${Math.floor(months / 12)}${NBSP}ans`, isStale }
}
