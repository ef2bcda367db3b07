/** The words of what protects an account. */
export const securityMessages = {
  codeMissing: 'Indiquez le code à six chiffres.',
  codeWrong: 'Ce code n’est pas le bon. Vérifiez l’heure du téléphone, puis tapez le code affiché maintenant.',
  passkeyGivenUp: 'Aucune clé n’a été créée.',
  passkeyKnown: 'Cet appareil a déjà une clé pour ce compte.',
  nameMissing: 'Donnez-lui un nom que vous reconnaîtrez.',
  passwordMissing: 'Indiquez votre mot de passe.',
  passwordRefused: 'Ce mot de passe est inexact.',
  passkeyUnused: 'Aucune clé d’accès n’a été utilisée.',
  passkeyRefused: 'Cette clé d’accès n’est pas l’une des vôtres, ou n’ouvre plus rien.',
  proofByPassword:
    'Votre connexion date de plus d’un quart d’heure. Ce qui protège votre compte ne change qu’avec votre mot de passe.',
  proofByCode: 'Ce qui protège votre compte ne change qu’avec un code, montré depuis moins d’un quart d’heure.',
  proofByEither:
    'Ce qui protège votre compte ne change qu’avec une clé d’accès ou un code, montrés depuis moins d’un quart d’heure.',
  proofHelp: 'Celui de votre application, ou l’un de vos codes de secours.',
  proofMissing: 'Indiquez un code.',
  proofRefused: 'Ce code est inexact, trop ancien ou déjà utilisé.',
} as const

/** Letters by four, as one reads them to copy them. */
export const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')

/** The text that a person keeps: for which account, made when, to be used how. */
export function recoverySheet(codes: readonly string[], email: string, madeOn: string): string {
  return [
    'Maillage\u00A0: codes de secours',
    `Compte\u00A0: ${email}`,
    `Créés le ${madeOn}`,
    '',
    ...codes,
    '',
    'Chaque code ne sert qu’une fois, à la place du code à six chiffres.',
    'Gardez-les loin de votre téléphone et de votre mot de passe.',
    '',
  ].join('\r\n')
}
