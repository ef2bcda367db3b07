import type { SlotReason } from '@maillage/contracts/slots/care-slots'
import type { SlotPractitioner, SlotState, SlotVisibility } from '@maillage/contracts/slots/slots'
import type { CareMode, visitOutcomes } from '@maillage/contracts/unscheduled-care'
import { momentInWords, timeInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'

export const careModeLabels: Record<CareMode, string> = {
  practice: 'Au cabinet',
  home: 'À domicile',
  tele: 'À distance',
}

/** Where a patient goes from a visit. */
export const outcomeLabels: Record<(typeof visitOutcomes)[number], string> = {
  care_complete: 'Soin terminé',
  follow_up_gp: 'À revoir par le médecin traitant',
  referred_specialist: 'Adressé à un spécialiste',
  sent_to_emergency: 'Adressé aux urgences',
}

export const visibilityLabels: Record<SlotVisibility, { label: string; who: string }> = {
  SNP: { label: 'La régulation', who: 'la coordination, qui place les soins non programmés' },
  CPTS: { label: 'La CPTS', who: 'les praticiens de la CPTS' },
  PRO: { label: 'Les professionnels', who: 'les professionnels et les services hospitaliers' },
  PUBLIC: { label: 'Tous les demandeurs', who: 'tous ceux qui font une demande' },
}

export const slotStateLabels: Record<SlotState, string> = {
  free: 'Libre',
  held: 'Retenu',
  booked: 'Réservé',
  closed: 'Fermé',
  lost: 'Perdu',
  away: 'Absence',
}

/** « aujourd’hui 14:00 – 14:20 ». */
export const slotMoment = (slot: { startsAt: string; endsAt: string }, now: Date): string =>
  `${momentInWords(new Date(slot.startsAt), now)} – ${timeInWords(new Date(slot.endsAt))}`

/** « Dr Prénom Nom, Lunel ». */
export const whoseSlot = ({ displayName, municipality }: SlotPractitioner): string =>
  [displayName, municipality].filter(Boolean).join(', ')

/** Why a slot stands where it does, in the words of the list; `against` is what the reader should notice. */
export function slotReasonWords({ code, value = 0, of = 0 }: SlotReason): { words: string; against: boolean } {
  switch (code) {
    case 'in-time':
      return { words: 'dans les délais', against: false }
    case 'late':
      return { words: 'après l’échéance', against: true }
    case 'near':
      return { words: `${value.toLocaleString('fr-FR')}\u00A0km`, against: false }
    case 'distance-unknown':
      return { words: 'distance inconnue', against: true }
    case 'at-a-distance':
      return { words: 'à distance', against: false }
    case 'few-booked':
      return {
        words: counted(
          value,
          'réservé en 30\u00A0jours',
          'réservés en 30\u00A0jours',
          'aucun réservé en 30\u00A0jours',
        ),
        against: false,
      }
    case 'week-cap':
      return {
        words: value === 0 ? `aucun sur ${of} cette semaine` : `${value} sur ${of} cette semaine`,
        against: of > 0 && value >= of,
      }
  }
}

/** « 14:05 »: what is left of a hold, minutes and seconds, never below zero. */
export function holdClock(until: Date, now: Date): string {
  const left = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1000))
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
}
