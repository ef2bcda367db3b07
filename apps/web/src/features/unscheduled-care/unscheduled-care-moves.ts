import { professionCodes } from '@maillage/contracts/professions'
import type { UnscheduledCare, UnscheduledCareAction } from '@maillage/contracts/unscheduled-care'
import { gpFields } from '../../kernel/acts/gp-fields.ts'
import { type Choice, choicesOf, type MoveField, type MoveSpec } from '../../kernel/acts/move-fields.ts'
import { phoneFields } from '../../kernel/acts/phone-fields.ts'
import { professionLabels } from '../../kernel/words/profession-words.ts'
import { outcomeLabels } from '../../kernel/words/slot-words.ts'
import {
  basisLabels,
  cancelLabels,
  levelLabels,
  modeLabels,
  redirectLabels,
  unbookLabels,
  unmetLabels,
} from './unscheduled-care.messages.ts'

const note: MoveField = { kind: 'text', name: 'note', label: 'Précision', long: true, optional: true }
const reason = (labels: Readonly<Record<string, string>>): MoveField => ({
  kind: 'choice',
  name: 'reason',
  label: 'Motif',
  options: choicesOf(labels),
  fault: 'Choisissez un motif.',
})

/** Who is asked for most; the others of the list would hide them. */
const askedFirst = ['physician', 'nurse', 'physiotherapist', 'midwife', 'dentist', 'pharmacist'] as const

function professionChoices(wanted: string | null | undefined): Choice[] {
  const shown = professionCodes.filter((code) => askedFirst.some((one) => one === code) || code === wanted)
  return shown.map((value) => ({ value, label: professionLabels[value] }))
}

const triage = (care: UnscheduledCare): MoveSpec => ({
  label: care.status === 'submitted' ? 'Trier' : 'Trier de nouveau',
  explain: 'Un signe d’alerte\u202F? Appelez le 15 et choisissez «\u00A0Réorienter\u00A0».',
  done: 'Demande triée',
  fields: [
    { kind: 'choice', name: 'level', label: 'Niveau', options: choicesOf(levelLabels), initial: care.level ?? '' },
    { kind: 'choice', name: 'basis', label: 'Selon', options: choicesOf(basisLabels), initial: care.basis ?? '' },
    {
      kind: 'text',
      name: 'protocolId',
      label: 'Nom du protocole',
      initial: care.protocolId ?? '',
      when: ({ basis }) => basis === 'protocol',
    },
    { kind: 'choice', name: 'mode', label: 'Où', options: choicesOf(modeLabels), initial: care.mode ?? 'practice' },
    {
      kind: 'choice',
      name: 'profession',
      label: 'Qui',
      options: professionChoices(care.profession ?? care.details.profession),
      initial: care.profession ?? care.details.profession ?? 'physician',
    },
  ],
})

/** Each act of a request as the coordinator's dialog asks for it; `people` are those who may take the appointment. */
export function unscheduledCareMoves(
  care: UnscheduledCare,
  people: readonly Choice[],
): Record<UnscheduledCareAction, MoveSpec> {
  return {
    triage: triage(care),
    book: {
      label: 'Noter un rendez-vous',
      explain: 'Le praticien a donné son accord au téléphone. Les propositions en attente sont retirées.',
      done: 'Rendez-vous noté',
      fields: [
        { kind: 'choice', name: 'practitionerId', label: 'Avec', options: people, fault: 'Choisissez avec qui.' },
        { kind: 'instant', name: 'appointmentAt', label: 'Rendez-vous', initial: 120 },
      ],
    },
    attend: {
      label: 'Noter le retour',
      done: 'Retour noté',
      fields: [
        { kind: 'choice', name: 'outcome', label: 'Ce qui s’est passé', options: choicesOf(outcomeLabels) },
        note,
        ...gpFields,
        ...phoneFields,
      ],
    },
    retry: { label: 'Reprendre la recherche', done: 'Recherche reprise', fields: [note] },
    'record-no-show': { label: 'Noter une absence au RDV', done: 'Absence notée', fields: [note, ...phoneFields] },
    unbook: {
      label: 'Annuler le rendez-vous',
      explain: 'La demande revient à placer.',
      done: 'Rendez-vous annulé',
      fields: [reason(unbookLabels), note, ...phoneFields],
    },
    redirect: {
      label: 'Réorienter',
      explain: 'La demande s’arrête là.',
      done: 'Demande réorientée',
      fields: [reason(redirectLabels), note],
    },
    'close-unmet': {
      label: 'Clore sans solution',
      explain: 'Elle comptera parmi les demandes sans solution.',
      grave: true,
      done: 'Demande close, sans solution',
      fields: [
        reason(unmetLabels),
        { kind: 'instant', name: 'patientToldAt', label: 'Patient prévenu le', initial: 0 },
        { kind: 'text', name: 'adviceGiven', label: 'Conseil donné', long: true },
      ],
    },
    cancel: {
      label: 'Annuler la demande',
      grave: true,
      done: 'Demande annulée',
      fields: [reason(cancelLabels), note],
    },
  }
}
