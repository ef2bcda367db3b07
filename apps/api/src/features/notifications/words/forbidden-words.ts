import { foldName } from '@maillage/contracts/kit/identifiers'

/*
 * What never stands in a message: a mailbox, a telephone left on a table and a notification on a locked screen are read by
 * others. The trade of whoever answers, the reason for the asking, illness and care. A product's choice, kept short; what a
 * person is told in full is read once signed in.
 */

/** Beginnings of words, folded: no accent, no capital. */
const beginnings = [
  ...['medec', 'medic', 'docteur', 'generaliste', 'infirmi', 'kinesi', 'pharmaci', 'psych', 'chirurg', 'dentist'],
  ...['specialist', 'cardiolog', 'oncolog', 'gynecolog', 'dermatolog', 'neurolog', 'soin', 'soign', 'sante', 'patient'],
  ...[
    'malad',
    'patholog',
    'diagnos',
    'symptom',
    'traitement',
    'traitant',
    'ordonnance',
    'hopita',
    'hospita',
    'clinique',
  ],
  ...['grossesse', 'enceinte', 'cancer', 'diabet', 'handicap', 'vaccin', 'chirurgi', 'blessure', 'douleur', 'deced'],
] as const
/** Whole words, folded. */
const words = [
  'ald',
  'c2s',
  'ame',
  'deces',
  'ehpad',
  'ssiad',
  'had',
  'irm',
  'kine',
  'psy',
  'mort',
  'sage femme',
] as const

/** The first word of a text that no message may hold; undefined when there is none. */
export const forbiddenWordIn = (text: string): string | undefined =>
  text.split(/[^\p{L}\p{N}-]+/u).find((word) => {
    const folded = foldName(word)
    return words.some((whole) => folded === whole) || folded.split(' ').some(isForbidden)
  })

const isForbidden = (part: string): boolean =>
  words.some((whole) => part === whole) || beginnings.some((beginning) => part.startsWith(beginning))
