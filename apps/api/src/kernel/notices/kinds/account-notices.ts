import type { NoticeKindOf } from '../notice-kind.ts'

/** What belongs to no act: the message that somebody tries, and the one that gathers several. */
export const accountNotices = {
  test: {
    label: 'Message d’essai',
    group: 'account',
    pace: 'asked',
    values: [],
    words: {
      subject: 'Votre message d’essai',
      text: 'Ce message montre que Maillage sait vous écrire.\n\nVous l’avez demandé depuis « Mes notifications ».',
      action: 'Ouvrir mes notifications',
      short: 'Message d’essai de Maillage.',
    },
  },
  several: {
    label: 'Plusieurs messages en un seul',
    group: 'account',
    pace: 'asked',
    values: ['nombre'],
    words: {
      subject: '{{ nombre : message vous attend : messages vous attendent }}',
      text: 'Voici ce qui est arrivé depuis le dernier envoi :',
      action: 'Ouvrir Maillage',
      short: '{{ nombre : message vous attend : messages vous attendent }} dans Maillage.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
