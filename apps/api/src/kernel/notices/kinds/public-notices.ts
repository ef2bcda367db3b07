import type { NoticeKindOf } from '../notice-kind.ts'

/** What people without an account are told: patients, and whoever asked for somebody. */
export const publicNotices = {
  'request-registered': {
    label: 'Votre demande est enregistrée',
    group: 'public',
    pace: 'asked',
    values: [],
    words: {
      subject: 'Votre demande est enregistrée',
      text: 'La {{ cpts }} a bien enregistré votre demande.\n\nElle vous appellera dès qu’une réponse se dessine. Vous n’avez rien à faire en attendant. Si votre adresse ou votre numéro change, prévenez-la.\n\nEn cas d’urgence vitale, appelez le 15 ou le 112.',
      action: 'Suivre ma demande',
      short: 'Votre demande est bien enregistrée. Nous vous appellerons dès qu’une réponse se dessine.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
