import type {
  AnswerLoad,
  Candidate,
  CandidateReason,
  FilterCause,
  Relaxation,
  Widening,
} from '@maillage/contracts/candidates'
import type { ProposalMode } from '@maillage/contracts/proposals'
import { daysBetween, momentInWords, timeInWords } from '../../ui/words/dates.ts'
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
  'beyond-patient-limit': () => con('plus loin que souhaité'),
  'beyond-own-limit': () => con('hors de son secteur déclaré'),
  'places-left': () => null,
  'last-place': () => con('dernière place'),
  'places-unknown': () => null,
  'load-90-days': () => null,
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
  usual: () => pro('suit déjà cette personne'),
}

/** Pros and cons of a candidate, what speaks for them first; facts with a column of their own are left out. */
export function reasonsInWords(all: readonly CandidateReason[]): ReasonWords[] {
  const order: readonly Leaning[] = ['for', 'against', 'neutral']
  return all
    .map(({ code, value }) => reasons[code]?.(value ?? '') ?? null)
    .filter((found) => found !== null)
    .sort((one, other) => order.indexOf(one.leaning) - order.indexOf(other.leaning))
}

/** How many letters, marks counted as four, stand on the one line that a row gives to reasons. */
const roomForReasons = 48
const against: readonly Leaning[] = ['against', 'for', 'neutral']

/** The reasons that one line holds, what speaks against kept first, in the order they came. */
export function fittingReasons(all: readonly ReasonWords[], room: number = roomForReasons): ReasonWords[] {
  const byWeight = [...all].sort((one, other) => against.indexOf(one.leaning) - against.indexOf(other.leaning))
  const kept = new Set<ReasonWords>()
  let left = room
  for (const reason of byWeight) {
    left -= reason.words.length + 4
    if (left < 0) break
    kept.add(reason)
  }
  return all.filter((reason) => kept.has(reason))
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

/** « 3 propositions en 90 j, 2 acceptées »: what they were sent, and how they answered. */
export function loadInWords({ received, accepted, declined, silent }: AnswerLoad): string {
  if (received === 0) return 'rien reçu en 90\u00A0j'
  const parts = [
    accepted > 0 && counted(accepted, 'acceptée', 'acceptées'),
    declined > 0 && counted(declined, 'déclinée', 'déclinées'),
    silent > 0 && `${silent}\u00A0sans réponse`,
  ].filter((part) => part !== false)
  return [`${counted(received, 'proposition', 'propositions')} en 90\u00A0j`, ...parts].join(', ')
}

/** « 7 acceptées sur 18 en 90 j »: the same, for a narrow line; the sentence stands in its `title`. */
export const shortLoadInWords = ({ received, accepted }: AnswerLoad): string =>
  received === 0
    ? 'rien reçu en 90\u00A0j'
    : `${accepted === 0 ? 'aucune acceptée' : counted(accepted, 'acceptée', 'acceptées')} sur ${received} en 90\u00A0j`

/** Beyond this many patients taken in 90 days, or silences with nobody taken, the load speaks against. */
const heavy = { accepted: 5, silent: 2 }

/** Does what they were sent speak against asking them again? */
export const isLoaded = ({ accepted, silent }: AnswerLoad): boolean =>
  accepted >= heavy.accepted || (silent >= heavy.silent && accepted === 0)

/** « répond en 5 h »; nothing when they never answered by themselves. */
export const speedInWords = (hours: number | null): string =>
  hours === null ? 'n’a jamais répondu' : answers(Math.round(hours)).words

const wider: Record<Exclude<Relaxation, 'distance' | 'profile'>, string> = {
  'home-visits': 'Inclure ceux sans visite à domicile',
  accessible: 'Inclure les cabinets non accessibles',
  children: 'Inclure ceux qui ne reçoivent pas les enfants',
  'long-term': 'Inclure ceux qui ne suivent pas d’ALD',
}

const widerLabel = (relax: Relaxation, withinKm: number | null): string => {
  if (relax === 'profile') return 'Inclure les autres profils'
  if (relax !== 'distance') return wider[relax]
  return withinKm === null ? 'Chercher à toute distance' : `Élargir à ${withinKm}\u00A0km`
}

/** « Élargir à 25 km : + 4 ». */
export const wideningInWords = ({ relax, withinKm, adds }: Widening): string =>
  `${widerLabel(relax, withinKm)}\u00A0: +\u00A0${adds}`

const given: Record<Exclude<Relaxation, 'distance'>, string> = {
  profile: 'tous les profils',
  'home-visits': 'avec ou sans visite à domicile',
  accessible: 'accessibles ou non',
  children: 'avec ou sans enfants',
  'long-term': 'avec ou sans ALD',
}

/** What is given up now: « jusqu’à 25 km », « avec ou sans visite à domicile ». */
export function givenUpInWords(relax: Relaxation, withinKm: number | undefined): string {
  if (relax !== 'distance') return given[relax]
  return withinKm === undefined ? 'à toute distance' : `jusqu’à ${withinKm}\u00A0km`
}

const weekday = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', timeZone: 'Europe/Paris' })

/** « jusqu’à demain 9:00 », « jusqu’à mardi 14:00 », « jusqu’au ven. 4 déc. 14:00 ». */
export function untilInWords(instant: Date, now: Date): string {
  const away = daysBetween(now, instant)
  if (away <= 1) return `jusqu’à ${momentInWords(instant, now)}`
  if (away <= 6) return `jusqu’à ${weekday.format(instant)} ${timeInWords(instant)}`
  return `jusqu’au ${momentInWords(instant, now)}`
}

/** Somebody chosen, how they are reached, and by when they would answer. */
export interface Chosen {
  name: string
  reachableBy: Candidate['reachableBy']
  answerBy: Date
}

const calls = (chosen: readonly Chosen[]): string => {
  const toCall = chosen.filter(({ reachableBy }) => reachableBy !== 'account').map(({ name }) => name)
  return toCall.length === 0 ? '' : ` À appeler, faute de compte\u00A0: ${toCall.join(', ')}.`
}

const inTurn = (first: Chosen, others: readonly Chosen[], until: string): string => {
  const [second, ...rest] = others
  const after = rest.length === 0 ? '' : `, puis ${counted(rest.length, 'autre', 'autres')} dans l’ordre`
  return `${first.name} a ${until} pour répondre\u202F; au refus ou sans réponse, la proposition passe à ${second?.name}${after}.`
}

/** What choosing these people in this way will do, said before the button. */
export function consequence(mode: ProposalMode, chosen: readonly Chosen[], now: Date): string {
  const [first, ...others] = chosen
  if (!first)
    return mode === 'direct' ? 'Choisissez à qui proposer.' : 'Cochez à qui proposer, dans l’ordre du classement.'
  const until = untilInWords(first.answerBy, now)
  if (others.length === 0) {
    return first.reachableBy === 'account'
      ? `${first.name} reçoit un aperçu sans identité et a ${until} pour répondre.`
      : `${first.name} n’a pas de compte\u00A0: appelez, puis notez sa réponse (${until}).`
  }
  const words =
    mode === 'broadcast'
      ? `Les ${chosen.length} sont sollicités en même temps, ${until}\u202F; la première acceptation l’emporte, les autres en sont avertis.`
      : inTurn(first, others, until)
  return words + calls(chosen)
}

/** Why the usual carer is asked first, alone. */
export const usualFirst = (name: string, answerBy: Date, now: Date): string =>
  `${name} suit déjà cette personne\u00A0: on lui demande d’abord, sans solliciter personne d’autre (${untilInWords(answerBy, now)}).`
