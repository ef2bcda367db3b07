/** The words of sign-in. */
export const accountsMessages = {
  emailMissing: 'Indiquez votre adresse e-mail.',
  emailIncomplete: 'Indiquez une adresse complète, par exemple nom@exemple.fr.',
  passwordRefused: 'Ce mot de passe est inexact.',
  passwordMissing: 'Indiquez votre mot de passe.',
  codeMissing: 'Indiquez le code à six chiffres.',
  recoveryCodeMissing: 'Indiquez l’un de vos codes de secours.',
  codeAsked: 'Il change toutes les trente secondes dans votre application d’authentification.',
  recoveryCodeAsked: 'Douze lettres et chiffres, par exemple 7Q4M-2VXA-9KTP. Chacun ne sert qu’une fois.',
  codeRefused: 'Ce code n’est pas valable ou a déjà servi. Attendez le suivant, puis recommencez.',
  recoveryCodeRefused: 'Ce code de secours n’est pas valable ou a déjà servi.',
  passkeyGivenUp: 'Aucune clé d’accès n’a été utilisée.',
  otherAccountLocked: 'Cette clé d’accès est celle d’un autre compte. Pour en changer, déconnectez-vous.',
  otherAccount: 'Cette clé d’accès est celle d’un autre compte. Pour en changer, quittez sans continuer.',
} as const
