import type { Proposal } from '@maillage/contracts/proposals'
import { choicesOf, type MoveField, type MoveSpec, type Values } from '../acts/move-fields.ts'
import { calledAt } from '../acts/phone-fields.ts'
import { declineOptions, releaseLabels } from '../words/answer-words.ts'

/** What an acceptance must say, by kind of case: a first visit for a need, an appointment for unscheduled care. */
export type AcceptanceAsks = 'nothing' | 'firstVisitAt' | 'appointmentAt'

const byPhone: MoveField = {
  kind: 'text',
  name: 'onBehalf.spokenTo',
  label: 'Qui avez-vous eu au téléphone',
  fault: 'Indiquez à qui vous avez parlé.',
}
const onBehalf = { onBehalf: { channel: 'phone' } }
const firstVisit: MoveField = { kind: 'instant', name: 'firstVisitAt', label: 'Première visite', initial: 24 * 60 }
const appointment: MoveField = { kind: 'instant', name: 'appointmentAt', label: 'Rendez-vous', initial: 120 }

const accepts = (values: Values): boolean => values.answer === 'acceptance'
const declines = (values: Values): boolean => values.answer === 'decline'

/** « Noter sa réponse »: what somebody said by phone, in their name. */
export function answerSpec(proposal: Proposal, asks: AcceptanceAsks): MoveSpec {
  const date = asks === 'firstVisitAt' ? firstVisit : appointment
  return {
    label: 'Noter la réponse',
    confirm: 'Noter la réponse',
    explain: 'Au nom de cette personne, telle qu’elle vous l’a donnée au téléphone.',
    done: 'Réponse notée',
    fixed: onBehalf,
    fields: [
      {
        kind: 'choice',
        name: 'answer',
        label: 'Réponse',
        options: [
          { value: 'acceptance', label: 'Accepte' },
          { value: 'decline', label: 'Décline' },
        ],
      },
      byPhone,
      calledAt,
      ...(asks === 'nothing' ? [] : [{ ...date, when: accepts }]),
      { kind: 'choice', name: 'reason', label: 'Motif', options: declineOptions, when: declines },
      {
        kind: 'text',
        name: 'text',
        label: 'Précision',
        optional: true,
        when: declines,
        initial: proposal.reasonText ?? '',
      },
    ],
  }
}

/** After the date moved: do they still come? */
export const reconfirmSpec: MoveSpec = {
  label: 'Noter la confirmation',
  explain: 'La date a changé\u00A0: cette personne vient-elle toujours\u202F?',
  done: 'Confirmation notée',
  fixed: onBehalf,
  fields: [
    {
      kind: 'choice',
      name: 'answer',
      label: 'Réponse',
      options: [
        { value: 'confirmed', label: 'Vient toujours' },
        { value: 'released', label: 'Ne peut plus' },
      ],
    },
    byPhone,
    { ...firstVisit, optional: true, when: (values) => values.answer === 'confirmed' },
  ],
}

export const withdrawSpec: MoveSpec = {
  label: 'Retirer la proposition',
  explain: 'Elle disparaît de sa liste. La suivante, s’il y en a une, part aussitôt.',
  done: 'Proposition retirée',
  fields: [{ kind: 'text', name: 'reason', label: 'Pourquoi', optional: true }],
}

export const releaseSpec: MoveSpec = {
  label: 'Noter qu’il rend le patient',
  explain: 'La place est libérée et le dossier revient à proposer, avec son ancienneté.',
  done: 'Patient rendu',
  grave: true,
  fixed: onBehalf,
  fields: [
    { kind: 'choice', name: 'reason', label: 'Motif', options: choicesOf(releaseLabels) },
    byPhone,
    { kind: 'text', name: 'text', label: 'Précision', optional: true },
  ],
}
