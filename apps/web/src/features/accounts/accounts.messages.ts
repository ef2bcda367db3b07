/** The words of sign-in. */
export const accountsMessages = {
  emailMissing: 'Indiquez votre adresse e-mail.',
  emailIncomplete: 'Indiquez une adresse complète, par exemple nom@exemple.fr.',
  passwordMissing: 'Indiquez votre mot de passe.',
  codeMissing: 'Indiquez le code à six chiffres.',
  codeAsked: 'Indiquez le code à six chiffres de votre application d’authentification.',
  codeRefused: 'Ce code n’est pas valable. Attendez le suivant, puis recommencez.',
} as const
