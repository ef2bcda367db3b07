import type { NoticeKindOf } from '../notice-kind.ts'

/** What a practitioner and their secretary tell each other through Maillage. */
export const delegationNotices = {
  'delegation-invitation': {
    label: 'Invitation d’un secrétariat',
    group: 'public',
    pace: 'asked',
    values: ['jours'],
    words: {
      subject: 'Vous êtes invité·e à rejoindre un secrétariat',
      text: 'Un praticien de la {{ cpts }} vous confie une partie de son secrétariat dans Maillage.\n\nLe lien dit qui vous invite et ce qui vous est confié. Vous y choisissez votre mot de passe. Il s’ouvre pendant {{ jours }} jours et ne sert qu’une fois.',
      action: 'Voir l’invitation',
      short: 'Un praticien vous confie son secrétariat.',
    },
  },
  'delegation-accepted': {
    label: 'Votre secrétariat a accepté votre invitation',
    group: 'account',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Votre invitation a été acceptée',
      text: 'La personne que vous avez invitée peut désormais agir en votre nom, dans les limites que vous avez choisies.\n\nVous pouvez les changer, ou y mettre fin, à tout moment.',
      action: 'Voir mon secrétariat',
      short: 'Votre invitation a été acceptée.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
