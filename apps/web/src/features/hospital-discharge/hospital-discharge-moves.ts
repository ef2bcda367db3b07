import type { Need, NeedAction } from '@maillage/contracts/discharge-needs'
import type { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { consentFields } from '../../kernel/acts/consent-fields.ts'
import { type Choice, choicesOf, type MoveField, type MoveSpec } from '../../kernel/acts/move-fields.ts'
import { isByPhone, phoneFields } from '../../kernel/acts/phone-fields.ts'
import { cancelLabels, missingLabels } from './hospital-discharge.messages.ts'

const note: MoveField = { kind: 'text', name: 'note', label: 'Précision', long: true, optional: true }

/** Each act of a discharge as the coordinator's dialog asks for it; the ward's own have their own screens. */
export const hospitalDischargeMoves = (nurses: readonly Choice[] = []): Readonly<Record<string, MoveSpec>> => ({
  submit: { label: 'Transmettre la sortie', done: 'Sortie transmise', fields: consentFields },
  acknowledge: { label: 'Accuser réception', done: 'Le service voit que la sortie est reçue', fields: [] },
  start: { label: 'Commencer la coordination', done: 'Coordination commencée', fields: [] },
  'request-info': {
    label: 'Demander des informations',
    done: 'Informations demandées au service',
    fields: [{ kind: 'choices', name: 'missing', label: 'Ce qui manque', options: choicesOf(missingLabels) }, note],
  },
  'provide-info': {
    label: 'Noter les informations reçues',
    done: 'Informations notées',
    fields: [{ ...note, label: 'Ce qui a été dit' }],
  },
  'follow-up': {
    label: 'Noter l’appel de suivi',
    done: 'Appel de suivi noté',
    fields: [
      { kind: 'instant', name: 'calledAt', label: 'Appelé le', initial: 0 },
      { kind: 'day', name: 'gpSeenAt', label: 'A vu son médecin le', optional: true },
      { kind: 'check', name: 'readmitted', label: 'A été réhospitalisé', optional: true },
      ...(nurses.length > 0 ? toldByNurse(nurses) : []),
    ],
  },
  cancel: {
    label: 'Annuler la sortie',
    explain: 'Les propositions en attente sont retirées, et les soignants qui avaient accepté sont prévenus.',
    grave: true,
    done: 'Sortie annulée',
    fields: [
      {
        kind: 'choice',
        name: 'reason',
        label: 'Motif',
        options: choicesOf(cancelLabels),
        fault: 'Choisissez un motif.',
      },
      note,
    ],
  },
})

/** Who rang to say that the call was made: among those who accepted, a nurse alone may. */
const toldByNurse = (nurses: readonly Choice[]): MoveField[] => [
  ...phoneFields,
  {
    kind: 'choice',
    name: 'onBehalf.practitionerId',
    label: 'Au nom de',
    options: nurses,
    initial: nurses.length === 1 ? nurses[0]?.value : undefined,
    fault: 'Choisissez au nom de qui.',
    when: isByPhone,
  },
]

/** The nurses who accepted a need of this discharge. */
export function nursesOf({ needs, proposals }: Pick<HospitalDischarge, 'needs' | 'proposals'>): Choice[] {
  const nursing = new Set<string>(needs.filter(({ profession }) => profession === 'nurse').map(({ id }) => id))
  const accepted = proposals.filter(({ status, needId }) => status === 'accepted' && needId && nursing.has(needId))
  const names = new Map(accepted.map(({ practitioner }) => [practitioner.id, practitioner.displayName]))
  return [...names].map(([value, label]) => ({ value, label }))
}

/** Moving the date has a dialog of its own, which tells the consequences first. */
export const rescheduleSpec: MoveSpec = { label: 'Changer la date de sortie', done: 'Date changée', fields: [] }

/** Each act on a need. */
export const needMoves = (need: Need): Record<NeedAction, MoveSpec> => ({
  'mark-covered-outside': {
    label: 'Couvert autrement',
    explain: 'Par un service ou une personne hors de l’annuaire.',
    done: 'Besoin couvert',
    fields: [
      { kind: 'text', name: 'by', label: 'Par qui', fault: 'Indiquez qui vient.' },
      { kind: 'phone', name: 'phone', label: 'Téléphone', optional: true },
      { kind: 'instant', name: 'firstVisitAt', label: 'Première visite', initial: need.startAt },
    ],
  },
  'mark-not-needed': {
    label: 'Inutile',
    explain: 'Il ne compte plus parmi les besoins à couvrir. Qui était sollicité en est averti.',
    done: 'Besoin noté comme inutile',
    fields: [note],
  },
  'mark-unmet': {
    label: 'Sans solution',
    explain: 'Personne n’a été trouvé. Le service le voit, et la sortie peut être signalée.',
    grave: true,
    done: 'Besoin noté sans solution',
    fields: [note],
  },
  reopen: {
    label: 'Chercher de nouveau',
    explain: 'Le besoin revient à couvrir. Qui l’avait accepté en est averti.',
    done: 'Besoin à couvrir',
    fields: [note],
  },
})
