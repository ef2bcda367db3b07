import type { NoticeKindOf } from '../notice-kind.ts'

/** What concerns an account: its opening, the message that somebody tries, and the one that gathers several. */
export const accountNotices = {
  'account-opened': {
    label: 'Un accès à Maillage vous est ouvert',
    group: 'account',
    pace: 'asked',
    values: [],
    words: {
      subject: 'Votre accès à Maillage est ouvert',
      text: 'La {{ cpts }} vous a ouvert un accès à Maillage.\n\nConnectez-vous avec cette adresse et le mot de passe qui vous a été remis. Si vous aviez déjà un compte, rien ne change : vous y trouverez un rôle de plus.\n\nVous choisissez ensuite de quoi vous êtes prévenu·e, et comment.',
      action: 'Ouvrir Maillage',
      short: 'Votre accès à Maillage est ouvert.',
    },
  },
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
