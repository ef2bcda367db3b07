import type { Candidate, CandidateReason, FilterCause, ProposalMode } from '@maillage/contracts/proposals'
import { counted } from '../../ui/words/typography.ts'

export type Leaning = 'for' | 'against' | 'neutral'
export interface ReasonWords {
  words: string
  leaning: Leaning
}

const pro = (words: string): ReasonWords => ({ words, leaning: 'for' })
const con = (words: string): ReasonWords => ({ words, leaning: 'against' })
const aside = (words: string): ReasonWords => ({ words, leaning: 'neutral' })

const duration = (hours: number): string =>
  hours < 48 ? `${Math.max(1, hours)}\u00A0h` : `${Math.round(hours / 24)}\u00A0j`

const answers = (hours: number): ReasonWords => {
  const words = `répond en ${duration(hours)}`
  return hours <= 48 ? pro(words) : con(words)
}

/** Null: the fact has its own column, or says nothing worth reading. */
const reasons: Readonly<Record<string, (value: string) => ReasonWords | null>> = {
  'same-municipality': () => pro('même commune'),
  distance: () => null,
  'distance-unknown': () => con('distance inconnue'),
  'places-left': () => null,
  'last-place': () => con('dernière place'),
  'places-unknown': () => null,
  'load-90-days': (load) =>
    Number(load) >= 5 ? con(`a déjà pris ${counted(Number(load), 'patient', 'patients')} en 90 jours`) : null,
  'nothing-asked': () => null,
  'home-visits': () => pro('visites à domicile'),
  'no-home-visits': () => con('pas de visite'),
  'home-visits-unknown': () => aside('visites à confirmer'),
  accessible: () => pro('accessible fauteuil'),
  'not-accessible': () => con('pas accessible'),
  'accessible-unknown': () => aside('accès à confirmer'),
  children: () => pro('reçoit les enfants'),
  'no-children': () => con('ne reçoit pas les enfants'),
  'children-unknown': () => aside('enfants\u00A0: à confirmer'),
  'long-term': () => pro('suit des ALD'),
  'no-long-term': () => con('ne suit pas d’ALD'),
  'long-term-unknown': () => aside('ALD\u00A0: à confirmer'),
  language: (language) => pro(`parle ${language}`),
  'no-language': (language) => con(`ne parle pas ${language}`),
  'language-unknown': (language) => aside(`${language} à confirmer`),
  gender: () => pro('comme souhaité'),
  'other-gender': () => con('autre sexe que souhaité'),
  'gender-unknown': () => null,
  'answers-in-hours': (hours) => answers(Number(hours)),
  'never-asked': () => null,
  usual: () => pro('équipe habituelle'),
}

/** Pros and cons of a candidate, what speaks for them first; facts with a column of their own are left out. */
export function reasonsInWords(all: readonly CandidateReason[]): ReasonWords[] {
  const order: readonly Leaning[] = ['for', 'against', 'neutral']
  return all
    .map(({ code, value }) => reasons[code]?.(value ?? '') ?? null)
    .filter((found) => found !== null)
    .sort((one, other) => order.indexOf(one.leaning) - order.indexOf(other.leaning))
}

/** « 1,2 km »; « sur place » in the same commune; « — » when it cannot be told. */
export function distanceInWords(km: number | null): string {
  if (km === null) return '—'
  if (km === 0) return 'sur place'
  return `${km.toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00A0km`
}

const causes: Record<FilterCause, readonly [string, string]> = {
  full: ['complet', 'complets'],
  absent: ['absent', 'absents'],
  profession: ['d’un autre métier', 'd’un autre métier'],
  too_far: ['trop loin', 'trop loin'],
  already_declined: ['a décliné', 'ont décliné'],
  already_proposed: ['déjà sollicité', 'déjà sollicités'],
  profile: ['ne convient pas au profil', 'ne conviennent pas au profil'],
  unreachable: ['injoignable', 'injoignables'],
}

/** « 9 complets », « 1 trop loin ». */
export const causeInWords = ({ cause, count }: { cause: FilterCause; count: number }): string =>
  counted(count, ...causes[cause])

/** How somebody without an account is reached; empty for those who have one. */
export const reachWords: Record<Candidate['reachableBy'], string> = {
  account: '',
  phone: 'à appeler',
  none: 'ni compte ni téléphone connu',
}

/** Somebody chosen, and whether they receive the proposal or must be called. */
export interface Chosen {
  name: string
  reachableBy: Candidate['reachableBy']
}

const calls = (chosen: readonly Chosen[]): string => {
  const toCall = chosen.filter(({ reachableBy }) => reachableBy !== 'account').map(({ name }) => name)
  return toCall.length === 0 ? '' : ` À appeler, faute de compte\u00A0: ${toCall.join(', ')}.`
}

/** What choosing these people in this way will do, said before the button. */
export function consequence(mode: ProposalMode, chosen: readonly Chosen[]): string {
  const [first] = chosen
  if (!first) return mode === 'direct' ? 'Choisissez à qui proposer.' : 'Cochez à qui proposer.'
  const { name, reachableBy } = first
  const count = chosen.length
  if (count === 1) {
    return reachableBy === 'account'
      ? `${name} reçoit un aperçu sans identité, et personne d’autre.`
      : `${name} n’a pas de compte\u00A0: appelez, puis notez sa réponse ci-dessous.`
  }
  const words =
    mode === 'broadcast'
      ? `Les ${count} sont sollicités en même temps\u00A0; la première acceptation l’emporte.`
      : `${name} d’abord, puis les autres dans l’ordre\u00A0: le suivant est sollicité à chaque refus ou silence.`
  return words + calls(chosen)
}
