import type { CaseKindName } from '@maillage/contracts/cases'
import type { NeedType } from '@maillage/contracts/discharge-needs'
import { ageOn, type DayDate, dayIn } from '@maillage/contracts/kit/dates'
import type { Sex } from '@maillage/contracts/patients'
import type { PreviewDetails } from '../../../kernel/context.ts'

const NBSP = '\u00A0'

/** « 06 39 98 01 02 » from E.164, in pairs; other countries stay as they are. */
export function phoneInWords(e164: string): string {
  // Overseas departments dial their own prefix abroad, and ten digits at home.
  const national = /^\+(?:33|262|590|594|596)(\d{9})$/.exec(e164)?.[1]
  return national ? `0${national}`.replace(/(\d{2})(?=\d)/g, `$1${NBSP}`) : e164
}

/** « jeudi 5 mars 2026 à 14:30 », on the clock of the CPTS. */
export const momentInWords = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(at)

/** « 14 mars 1944 ». */
export const dayInWords = (day: string): string =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' })
    .format(new Date(`${day}T12:00:00Z`))
    .replace(/^1 /, '1er ')

const bornWords: Record<Sex, string> = { female: 'née le', male: 'né le', unknown: 'naissance le' }

/** « 82 ans, née le 14 mars 1944 ». */
export function bornInWords(sex: Sex, birthDate: DayDate, at: Date, timeZone: string): string {
  const age = ageOn(birthDate, dayIn(timeZone, at))
  const years = age < 1 ? 'moins d’un an' : `${age}${NBSP}${age === 1 ? 'an' : 'ans'}`
  return `${years}, ${bornWords[sex]} ${dayInWords(birthDate)}`
}

const needLabels: Record<NeedType, string> = {
  'home-nurse': 'Infirmière à domicile',
  physiotherapy: 'Kinésithérapie',
  'speech-therapy': 'Orthophonie',
  'gp-visit': 'Visite du médecin',
  'specialist-visit': 'Visite d’un spécialiste',
  pharmacy: 'Pharmacie',
  equipment: 'Matériel médical',
  laboratory: 'Laboratoire',
  'hospital-at-home': 'Hospitalisation à domicile',
  'home-nursing-service': 'Soins infirmiers (SSIAD)',
  'home-help': 'Aide à domicile',
  meals: 'Portage de repas',
  transport: 'Transport',
  'social-worker': 'Assistance sociale',
  psychologist: 'Psychologue',
}
const isNeed = (code: string): code is NeedType => Object.hasOwn(needLabels, code)

/** What is asked, in one line. */
export function needInWords(kind: CaseKindName, { need, homeVisit }: PreviewDetails): string {
  if (kind === 'gp-search') return 'Cherche un médecin traitant'
  if (kind === 'unscheduled-care') return homeVisit ? 'À voir à domicile' : 'À voir'
  return isNeed(need) ? needLabels[need] : 'Un besoin à la sortie'
}

const markWords: Readonly<Record<string, string>> = {
  'long-term-condition': 'affection de longue durée',
  homebound: 'ne se déplace pas',
  'pregnancy-or-infant': 'grossesse ou enfant de moins de 2 ans',
  'same-day': 'le jour même',
  'within-24h': `sous 24${NBSP}h`,
  'within-48h': `sous 48${NBSP}h`,
  tele: 'à distance',
  'cannot-travel': 'ne se déplace pas',
  'lives-alone': 'sans personne à la maison',
  vital: 'vital',
  'prescription-missing': 'ordonnance à joindre',
  'prado-surgery': 'Prado chirurgie',
  'prado-heart-failure': 'Prado insuffisance cardiaque',
  'prado-copd': 'Prado BPCO',
  'prado-stroke': 'Prado AVC',
  'prado-elderly': 'Prado personnes âgées',
  'prado-maternity': 'Prado maternité',
}

/** One coded mark; undefined for one that this version does not know. */
export function markInWords(mark: string): string | undefined {
  const days = /^treatment-(\d+)-days$/.exec(mark)?.[1]
  if (days) return `${days}${NBSP}${Number(days) < 2 ? 'jour' : 'jours'} de traitement`
  const gir = /^gir-([1-6])$/.exec(mark)?.[1]
  return gir ? `GIR${NBSP}${gir}` : markWords[mark]
}

export const capital = (words: string): string => words.charAt(0).toLocaleUpperCase('fr-FR') + words.slice(1)
