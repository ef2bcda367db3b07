import type { Need } from '@maillage/contracts/discharge-needs'
import type { TemplateNeed } from '@maillage/contracts/discharges/discharge-templates'
import { needLabels } from '../../../../kernel/words/need-words.ts'
import { instantOfParis, parisClock } from '../../../../ui/words/paris-time.ts'
import type { WardNeed } from '../form/ward-form.ts'

const HOUR = 3_600_000
const hoursBetween = (from: Date, to: Date): number => Math.round((to.getTime() - from.getTime()) / HOUR)
const later = (clock: string, hours: number): string => {
  const at = instantOfParis(clock)
  return at ? parisClock(new Date(at.getTime() + hours * HOUR)) : ''
}

/** The needs of a template for a discharge on that date; without a date they wait for it. */
export const needsFromTemplate = (needs: readonly TemplateNeed[], expected: string): WardNeed[] =>
  needs.map((need) => {
    const start = later(expected, need.startsAfterHours)
    return {
      type: need.type,
      label: need.label ?? '',
      frequency: need.frequency ?? '',
      start,
      end: need.lastsHours && start ? later(start, need.lastsHours) : '',
      after: need.startsAfterHours,
      lasts: need.lastsHours,
      atHome: need.atHome,
      prescription: need.prescriptionAvailable,
      vital: need.vital,
    }
  })

/** What a ward asked for once, as it may ask for it again: hours from the discharge, nobody named. */
export function templateFromNeeds(needs: readonly WardNeed[], expected: string): TemplateNeed[] {
  const home = instantOfParis(expected)
  return needs.map((need) => {
    const start = instantOfParis(need.start)
    const end = instantOfParis(need.end)
    const after = home && start ? hoursBetween(home, start) : (need.after ?? 0)
    const lasts = start && end ? hoursBetween(start, end) : need.lasts
    return {
      type: need.type,
      label: need.label.trim() || undefined,
      frequency: need.frequency.trim() || undefined,
      startsAfterHours: Math.max(-72, Math.min(8760, after)),
      lastsHours: lasts !== undefined && lasts >= 1 ? Math.min(8760, lasts) : undefined,
      atHome: need.atHome,
      prescriptionAvailable: need.prescription,
      vital: need.vital,
    }
  })
}

/** The needs of a discharge that was, for another patient: dates are counted from the return home, and nobody follows. */
export const needsFromDischarge = (needs: readonly Need[], expectedBefore: string, expected: string): WardNeed[] =>
  needsFromTemplate(
    needs
      .filter(({ status }) => status !== 'not_needed')
      .map((need) => {
        const start = new Date(need.startAt)
        return {
          type: need.type,
          label: need.label ?? undefined,
          frequency: need.frequency ?? undefined,
          startsAfterHours: hoursBetween(new Date(expectedBefore), start),
          lastsHours: need.endAt ? Math.max(1, hoursBetween(start, new Date(need.endAt))) : undefined,
          atHome: need.atHome,
          // Another patient's prescription is not this one's.
          prescriptionAvailable: false,
          vital: need.vital,
        }
      }),
    expected,
  )

/** Care starts so long after the return home: when the date on the form changes, the needs follow as the server would do. */
export function followDate(needs: readonly WardNeed[], before: string, after: string): WardNeed[] {
  const [from, to] = [instantOfParis(before), instantOfParis(after)]
  if (!to) return [...needs]
  const shift = from ? hoursBetween(from, to) : undefined
  return needs.map((need) => {
    if (need.start === '') {
      const start = later(after, need.after ?? 0)
      return { ...need, start, end: need.lasts && need.end === '' ? later(start, need.lasts) : need.end }
    }
    if (shift === undefined) return need
    return { ...need, start: later(need.start, shift), end: need.end && later(need.end, shift) }
  })
}

/** « 2 j après », counted from the return home. */
export const delayInWords = (hours: number): string => {
  if (hours === 0) return 'dès la sortie'
  if (hours < 0) return `${-hours}\u00A0h avant la sortie`
  return hours % 24 === 0 ? `${hours / 24}\u00A0j après` : `${hours}\u00A0h après`
}

/** « Kinésithérapie, 3 fois par semaine, 2 j après ». */
export const templateNeedInWords = (need: TemplateNeed): string =>
  [needLabels[need.type], need.label, need.frequency, delayInWords(need.startsAfterHours)].filter(Boolean).join(', ')
