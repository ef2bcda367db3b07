import type { NoticeKindOf } from '../notice-kind.ts'

/** What people without an account are told: patients, and whoever asked for somebody. */
export const publicNotices = {
  'registration-confirm': {
    label: 'Confirmez votre demande en ligne',
    group: 'public',
    pace: 'asked',
    values: [],
    words: {
      subject: 'Confirmez votre demande',
      text: 'Une demande vient d’être faite en ligne auprès de la {{ cpts }} avec cette adresse.\n\nElle n’est pas encore enregistrée : ouvrez le lien pour la confirmer. Il sert pendant sept jours.\n\nVous n’avez rien demandé ? Ne faites rien, tout sera effacé.',
      action: 'Confirmer ma demande',
      short: 'Confirmez votre demande en ligne (sept jours) :',
    },
  },
  'registration-follow-up': {
    label: 'Votre lien de suivi',
    group: 'public',
    pace: 'asked',
    values: [],
    words: {
      subject: 'Votre lien de suivi',
      text: 'Gardez ce message : ce lien ouvre votre page de suivi auprès de la {{ cpts }}. Votre date de naissance y sera demandée.\n\nVous y verrez où en est votre demande, et vous pourrez la corriger ou la retirer. Ne transmettez ce lien à personne.',
      action: 'Suivre ma demande',
      short: 'Votre lien de suivi, à garder :',
    },
  },
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
  'still-searching': {
    label: 'Cherchez-vous toujours ?',
    group: 'public',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Êtes-vous toujours sur notre liste ?',
      text: 'Vous êtes inscrit·e sur une liste de la {{ cpts }}. Pour garder votre place, dites-nous si vous attendez toujours une réponse de notre part.\n\nTrois boutons vous attendent derrière le lien : un seul geste suffit. Sans nouvelles de vous, nous essaierons de vous joindre autrement.',
      action: 'Répondre',
      short: 'Attendez-vous toujours une réponse de notre part ? Répondez en un geste :',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
