import type { Need } from '@maillage/contracts/discharge-needs'
import type { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { needLabels } from '../../../kernel/words/need-words.ts'
import { momentInWords } from '../../../ui/words/dates.ts'
import { missingLabels } from '../hospital-discharge.messages.ts'

const within = (label: string): string =>
  /^[A-ZÀ-Ý]{2}/.test(label) ? label : label.charAt(0).toLocaleLowerCase('fr-FR') + label.slice(1)
const needsInWords = (needs: readonly Need[]): string => needs.map(({ type }) => within(needLabels[type])).join(', ')
const capital = (words: string): string => words.charAt(0).toLocaleUpperCase('fr-FR') + words.slice(1)

/** The needs that still want somebody. */
export const uncoveredNeeds = (discharge: Pick<HospitalDischarge, 'needs'>): Need[] =>
  discharge.needs.filter(({ status }) => status !== 'covered' && status !== 'not_needed')

/** « C. Sabatier, mer. 25 nov. 18:00 »: the first visit to come, or undefined while nobody has given one. */
export function firstVisitInWords({ needs }: Pick<HospitalDischarge, 'needs'>, now: Date): string | undefined {
  const [first] = needs
    .filter(({ coveredBy, firstVisitAt }) => coveredBy && firstVisitAt)
    .sort((a, b) => String(a.firstVisitAt).localeCompare(String(b.firstVisitAt)))
  if (!first?.coveredBy || !first.firstVisitAt) return undefined
  return `${first.coveredBy.name}, ${momentInWords(new Date(first.firstVisitAt), now)}`
}

export interface Remaining {
  words: string
  /** Said in red: a vital need nobody meets, or a discharge raised. */
  isGrave: boolean
}

/** What is left to settle before this discharge, in one line. */
export function remainingInWords(discharge: HospitalDischarge): Remaining {
  const { status, missing } = discharge
  if (status === 'discharged' || status === 'followed_up' || status === 'cancelled')
    return { words: 'Rien', isGrave: false }
  if (status === 'draft') return { words: 'À envoyer à la coordination', isGrave: false }
  if (missing.length > 0) {
    return {
      words: `À préciser\u00A0: ${missing.map((code) => within(missingLabels[code])).join(', ')}`,
      isGrave: false,
    }
  }
  if (status === 'submitted') return { words: 'Réponse de la coordination attendue', isGrave: false }
  const reconfirming = discharge.needs.filter(({ reconfirmationPending }) => reconfirmationPending)
  if (reconfirming.length > 0) return { words: `À reconfirmer\u00A0: ${needsInWords(reconfirming)}`, isGrave: false }
  const uncovered = uncoveredNeeds(discharge)
  if (uncovered.length === 0) return { words: 'Rien', isGrave: false }
  const isGrave = discharge.escalatedAt !== null || uncovered.some(({ status: state }) => state === 'unmet')
  return {
    words: isGrave ? `${capital(needsInWords(uncovered))}\u00A0: pas couvert` : capital(needsInWords(uncovered)),
    isGrave,
  }
}

const covered = (discharge: Pick<HospitalDischarge, 'needs'>): Need[] =>
  discharge.needs.filter(({ status, coveredBy }) => status === 'covered' && coveredBy)

const names = (needs: readonly Need[]): string => [...new Set(needs.map(({ coveredBy }) => coveredBy?.name))].join(', ')

/** What cancelling does, said before it is done. */
export function cancelConsequences(discharge: HospitalDischarge): string {
  const told = covered(discharge)
  const who = told.length > 0 ? ` ${names(told)}\u00A0: prévenus que la visite n’a plus lieu.` : ''
  return `Les demandes en attente sont retirées.${who} La sortie ne pourra pas être reprise\u00A0: il faudra en créer une autre.`
}

/** The primary act of a row: what this ward has to do now, if anything. */
export function rowAct(discharge: HospitalDischarge): { label: string; isPrimary: boolean } | undefined {
  const may = (action: string): boolean =>
    discharge.allowedActions.some((one) => one.action === action && one.disabledBecause === undefined)
  if (may('submit')) return { label: 'Envoyer', isPrimary: false }
  if (may('provide-info')) return { label: 'Compléter', isPrimary: false }
  if (discharge.escalatedAt && uncoveredNeeds(discharge).length > 0)
    return { label: 'Reporter ou maintenir', isPrimary: true }
  if (discharge.status === 'covered' && may('discharge')) return { label: 'Confirmer la sortie', isPrimary: false }
  return undefined
}
