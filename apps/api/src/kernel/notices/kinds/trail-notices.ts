import type { NoticeKindOf } from '../notice-kind.ts'

/** What whoever runs the CPTS is told of how its data are read. */
export const trailNotices = {
  'unusual-reading': {
    label: 'Une lecture inhabituelle est à expliquer',
    group: 'alerts',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Une lecture inhabituelle est à expliquer',
      text: 'Des dossiers ont été ouverts ou parcourus en nombre, ou hors des heures habituelles.\n\nCe n’est pas une faute\u00A0: demandez à la personne, puis notez son explication.',
      action: 'Voir les lectures inhabituelles',
      short: 'Une lecture inhabituelle est à expliquer.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
