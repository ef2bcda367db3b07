import type { NoticeKindOf } from '../notice-kind.ts'

const account = { group: 'account', pace: 'asked', values: [] } as const

/** What protects an account: a lost password, a lost factor, and what was done about them. */
export const securityNotices = {
  'password-reset': {
    ...account,
    label: 'Choisir un nouveau mot de passe',
    words: {
      subject: 'Choisir un nouveau mot de passe',
      text: 'Un nouveau mot de passe a été demandé pour votre compte Maillage.\n\nLe lien ci-dessous sert une fois, pendant trente minutes. Si vous n’avez rien demandé, ignorez ce message : rien ne change.',
      action: 'Choisir un mot de passe',
      short: 'Choisissez un nouveau mot de passe Maillage.',
    },
  },
  'password-changed': {
    ...account,
    label: 'Votre mot de passe a été changé',
    words: {
      subject: 'Votre mot de passe a été changé',
      text: 'Le mot de passe de votre compte Maillage vient d’être changé, et vos autres appareils ont été déconnectés.\n\nSi ce n’est pas vous, demandez aussitôt un nouveau mot de passe depuis la page de connexion, puis prévenez votre CPTS.',
      action: 'Ouvrir Maillage',
      short: 'Votre mot de passe Maillage a été changé.',
    },
  },
  'protection-changed': {
    ...account,
    label: 'Ce qui protège votre compte a changé',
    words: {
      subject: 'Ce qui protège votre compte a changé',
      text: 'Une clé d’accès, une application ou les codes de secours de votre compte Maillage viennent de changer.\n\nSi ce n’est pas vous, changez aussitôt votre mot de passe, puis prévenez votre CPTS.',
      action: 'Voir ce qui protège mon compte',
      short: 'Ce qui protège votre compte Maillage a changé.',
    },
  },
  'recovery-code-used': {
    ...account,
    label: 'Un code de secours a ouvert votre compte',
    words: {
      subject: 'Un code de secours a ouvert votre compte',
      text: 'Votre compte Maillage vient de s’ouvrir avec l’un de vos codes de secours.\n\nSi ce n’est pas vous, changez aussitôt votre mot de passe, créez de nouveaux codes, puis prévenez votre CPTS.',
      action: 'Voir ce qui protège mon compte',
      short: 'Un code de secours a ouvert votre compte Maillage.',
    },
  },
  'second-factor-reset-proof': {
    ...account,
    label: 'Confirmer la demande de nouvelle seconde preuve',
    words: {
      subject: 'Confirmez votre demande',
      text: 'Vous avez dit ne plus avoir de quoi confirmer vos connexions à Maillage.\n\nConfirmez-le par le lien ci-dessous, dans les trois jours. Une personne qui administre votre CPTS devra ensuite donner son accord.\n\nSi vous n’avez rien demandé, quelqu’un connaît votre mot de passe : changez-le.',
      action: 'Confirmer ma demande',
      short: 'Confirmez votre demande Maillage.',
    },
  },
  'second-factor-reset-asked': {
    ...account,
    label: 'Votre seconde preuve va être retirée',
    words: {
      subject: 'Une demande concerne votre compte',
      text: 'Il a été demandé de retirer la seconde preuve de votre compte Maillage, pour que vous en choisissiez une autre. Une seconde personne de votre CPTS doit encore donner son accord.\n\nSi vous ne le voulez pas, opposez-vous par le lien ci-dessous.',
      action: 'Voir la demande',
      short: 'Une demande concerne votre compte Maillage.',
    },
  },
  'second-factor-reset-done': {
    ...account,
    label: 'Votre seconde preuve a été retirée',
    words: {
      subject: 'Votre seconde preuve a été retirée',
      text: 'La seconde preuve de votre compte Maillage a été retirée, et tous vos appareils ont été déconnectés.\n\nÀ votre prochaine connexion, vous en choisirez une autre. Si vous n’êtes pas au courant, prévenez aussitôt votre CPTS.',
      action: 'Se connecter',
      short: 'Votre seconde preuve Maillage a été retirée.',
    },
  },
  'second-factor-reset-waits': {
    ...account,
    label: 'Une demande de nouvelle seconde preuve attend votre accord',
    words: {
      subject: 'Une demande attend votre accord',
      text: 'Une personne de la {{ cpts }} n’a plus de quoi confirmer ses connexions. La demande attend l’accord d’une seconde personne, pendant trois jours.\n\nVérifiez de vive voix que la demande vient d’elle.',
      action: 'Voir les comptes',
      short: 'Une demande attend votre accord dans Maillage.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
