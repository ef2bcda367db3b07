import type { PasswordFault } from '@maillage/contracts/access/passwords'

/** What is asked of a new password, under its field. */
export const passwordHelp = 'Au moins douze caractères. Une suite de mots au hasard se retient mieux.'

/** Why a new password is refused, and what to do. */
export const passwordFaultText: Record<PasswordFault, string> = {
  'too-short': 'Choisissez au moins douze caractères.',
  'too-long': 'Choisissez au plus deux cents caractères.',
  'too-common': 'Ce mot de passe est trop courant, ou trop simple. Choisissez-en un autre.',
  'holds-identity': 'N’y mettez ni votre nom ni votre adresse.',
}
