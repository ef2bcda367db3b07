import { roles } from '@maillage/contracts/roles'
import type { Reading, ReadingWay } from '@maillage/contracts/trail/readings'
import { roleLabels } from '../../platform/role-words.ts'
import { timeInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'

/** What somebody was shown, as a patient who asks would be told it. */
const wayWords: Readonly<Record<ReadingWay, string>> = {
  opened: 'A ouvert le dossier',
  changed: 'A agi sur le dossier',
  exported: 'L’a imprimé, envoyé ou exporté',
  found: 'L’a trouvé par une recherche',
  listed: 'L’a vu dans une liste',
  refused: 'S’est vu refuser le dossier',
  traced: 'A demandé qui l’a consulté',
}

export const wayInWords = (way: ReadingWay): string => wayWords[way]

/** « Camille Modèle », « Le patient, ou un proche, par son lien », « Maillage ». */
export function readerInWords({ by, role }: Pick<Reading, 'by' | 'role'>): string {
  if (by) return by
  return role === 'patient' ? 'Le patient ou un proche, par son lien' : 'Maillage'
}

/** « Coordination »; nothing for who has no role here: their name says it. */
export function readerRoleInWords(role: string): string {
  const known = roles.find((one) => one === role)
  if (known) return roleLabels[known]
  return role === 'system' ? 'Envoi automatique' : ''
}

/** « à 10:38 », « 3 fois, de 9:02 à 17:40 ». */
export function timesInWords({ times, firstAt, lastAt }: Pick<Reading, 'times' | 'firstAt' | 'lastAt'>): string {
  const [first, last] = [timeInWords(new Date(firstAt)), timeInWords(new Date(lastAt))]
  if (times === 1) return first === last ? `à ${first}` : `de ${first} à ${last}`
  return first === last
    ? `${counted(times, 'fois', 'fois')}, à ${first}`
    : `${counted(times, 'fois', 'fois')}, de ${first} à ${last}`
}
