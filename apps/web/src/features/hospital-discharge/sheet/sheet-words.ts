import type { Need } from '@maillage/contracts/discharge-needs'
import { needLabels } from '../../../kernel/words/need-words.ts'
import { exactInWords } from '../../../ui/words/dates.ts'

export interface SheetVisit {
  key: string
  what: string
  how: string | undefined
  who: string
  when: string | undefined
  phone: string | null
}

const within = (label: string): string =>
  /^[A-ZÀ-Ý]{2}/.test(label) ? label : label.charAt(0).toLocaleLowerCase('fr-FR') + label.slice(1)

/**
 * Who comes, the first visit first. What a care is for may tell of an illness: only how often it is given is printed,
 * not the precision that was typed beside it.
 */
export function sheetVisits(needs: readonly Need[]): SheetVisit[] {
  return needs
    .filter(({ coveredBy, status }) => coveredBy && (status === 'covered' || status === 'proposed'))
    .sort((one, other) => (one.firstVisitAt ?? '9').localeCompare(other.firstVisitAt ?? '9'))
    .map((need) => ({
      key: need.id,
      what: needLabels[need.type],
      how: need.frequency ?? undefined,
      who: `${need.coveredBy?.name ?? ''}${need.reconfirmationPending ? ', à confirmer' : ''}`,
      when: need.firstVisitAt && !need.reconfirmationPending ? exactInWords(new Date(need.firstVisitAt)) : undefined,
      phone: need.coveredBy?.practicePhone ?? null,
    }))
}

/** What nobody covers yet, in words. */
export const stillSought = (needs: readonly Need[]): string[] =>
  needs
    .filter(({ coveredBy, status }) => !coveredBy && status !== 'not_needed' && status !== 'covered')
    .map(({ type }) => within(needLabels[type]))
