import type { NotedFor, SaidFor } from '@maillage/contracts/delegation/on-behalf'
import type { NotedDeclaration } from '@maillage/contracts/practitioners'
import type { OwnProposal } from '@maillage/contracts/proposals'
import { dayInWords, momentInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'
import { moves } from './timeline-words.ts'

/** How it was said, in the middle of a sentence. */
export const saidChannelWords: Readonly<Record<SaidFor['channel'], string>> = {
  phone: 'par téléphone',
  email: 'par e-mail',
  'in-person': 'de vive voix',
  letter: 'par courrier',
}

/** « par téléphone (Mme Essai, aujourd’hui 9:40) »; nothing when nobody told it to whoever noted it. */
export function saidInWords(
  { spokenTo, calledAt, channel }: Omit<NotedFor, 'by'> & { channel?: SaidFor['channel'] | null },
  now: Date,
): string {
  const caller = callerInWords({ spokenTo, calledAt }, now)
  return caller ? `${saidChannelWords[channel ?? 'phone']} (${caller})` : ''
}

function callerInWords({ spokenTo, calledAt }: Omit<NotedFor, 'by'>, now: Date): string {
  if (!spokenTo) return ''
  return [spokenTo, calledAt && momentInWords(new Date(calledAt), now)].filter(Boolean).join(', ')
}

/** « Réponse donnée par téléphone (Mme Essai, hier 14:20), notée par Ana Coordination. » */
export function answerNotedInWords(noted: NotedFor, now: Date): string {
  const said = saidInWords(noted, now)
  return said ? `Réponse donnée ${said}, notée par ${noted.by}.` : `Réponse donnée par ${noted.by}.`
}

/** « Hier 14:20, Ana Coordination a noté que le patient a été vu, après un appel (Mme Essai, hier 14:10). » */
export function moveNotedInWords(noted: OwnProposal['movesNoted'][number], now: Date): string {
  const call = callerInWords(noted, now)
  const at = momentInWords(new Date(noted.at), now)
  const what = moves[noted.action] ?? 'a fait avancer le dossier'
  return `${at.charAt(0).toLocaleUpperCase('fr-FR')}${at.slice(1)}, ${noted.by} ${what}${call ? `, après un appel (${call})` : ''}.`
}

const days = ({ from, until }: NotedDeclaration): string => {
  if (!from || !until) return ''
  return from === until ? `le ${dayInWords(from)}` : `du ${dayInWords(from)} au ${dayInWords(until)}`
}

/** « 3 places », « Absence du 1er au 15 juillet retirée ». */
export function declarationInWords(noted: NotedDeclaration): string {
  if (noted.what === 'places')
    return noted.places === null ? 'Places non indiquées, à appeler' : `${counted(noted.places, 'place', 'places')}`
  return `Absence ${days(noted)}${noted.what === 'absence-removed' ? ', retirée' : ''}`
}
