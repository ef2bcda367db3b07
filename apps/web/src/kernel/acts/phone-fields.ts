import type { MoveField, Values } from './move-fields.ts'

/** « Réponse reçue par téléphone » was ticked. */
export const isByPhone = (values: Values): boolean => values['onBehalf.channel'] === 'phone'

/** When somebody rang: now, unless it is changed. */
export const calledAt: MoveField = {
  kind: 'instant',
  name: 'onBehalf.calledAt',
  label: 'Heure de l’appel',
  initial: 0,
  optional: true,
}

/** « Réponse reçue par téléphone »: what a coordinator writes down in a practitioner's name, with who rang and when. */
export const phoneFields: readonly MoveField[] = [
  {
    kind: 'choice',
    name: 'onBehalf.channel',
    label: 'Au nom du praticien',
    optional: true,
    options: [{ value: 'phone', label: 'Réponse reçue par téléphone' }],
  },
  {
    kind: 'text',
    name: 'onBehalf.spokenTo',
    label: 'Qui a appelé',
    fault: 'Indiquez à qui vous avez parlé.',
    when: isByPhone,
  },
  { ...calledAt, when: isByPhone },
]
