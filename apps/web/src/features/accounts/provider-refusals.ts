import type { ProviderRefusal } from '@maillage/contracts/openid/sign-in'

interface Words {
  /** What happened. */
  readonly title: string
  /** What to do. */
  readonly text: string
}

const byPassword = 'ou entrez avec votre mot de passe.'

/** The words of a sign-in that was refused on its way back from a provider, which `name` names. */
export const providerRefusalWords: Readonly<Record<ProviderRefusal, (name: string) => Words>> = {
  cancelled: (name) => ({
    title: 'Vous avez renoncé',
    text: `Vous n’êtes pas connecté. Recommencez avec ${name} quand vous le voudrez, ${byPassword}`,
  }),
  expired: () => ({
    title: 'Cette connexion n’est plus valable',
    text: `Une connexion sert une fois et dix minutes\u00A0: la page a peut-être été rouverte. Recommencez, ${byPassword}`,
  }),
  'other-browser': () => ({
    title: 'Cette connexion a été commencée ailleurs',
    text: `Elle se termine dans le navigateur où elle a commencé. Recommencez ici. Si vous avez suivi un lien reçu, ne l’ouvrez plus et prévenez la coordination de votre CPTS.`,
  }),
  untrusted: (name) => ({
    title: `La réponse de ${name} n’est pas sûre`,
    text: `Par prudence, elle a été refusée. Recommencez\u202F; si cela se répète, prévenez la coordination de votre CPTS, ${byPassword}`,
  }),
  stale: (name) => ({
    title: `La réponse de ${name} est arrivée périmée`,
    text: `Recommencez, ${byPassword}`,
  }),
  clock: (name) => ({
    title: `L’heure de ${name} et celle de ce serveur diffèrent`,
    text: `Ce n’est pas de votre fait. Prévenez la coordination de votre CPTS, ${byPassword}`,
  }),
  unavailable: (name) => ({
    title: `${name} ne répond pas`,
    text: `Réessayez dans quelques minutes, ${byPassword}`,
  }),
  'too-weak': (name) => ({
    title: 'Cette connexion n’a pas été assez protégée',
    text: `${name} doit vous demander deux preuves, par exemple un téléphone et un code. Recommencez ainsi, ${byPassword}`,
  }),
  'no-rpps': (name) => ({
    title: `${name} n’a pas donné de numéro RPPS`,
    text: 'Maillage reconnaît les professionnels à ce numéro. Si vous n’en avez pas, entrez avec votre mot de passe.',
  }),
  'unknown-professional': () => ({
    title: 'Aucun compte ne correspond à votre numéro RPPS ici',
    text: 'Si vous exercez dans cette CPTS, écrivez à sa coordination\u00A0: elle crée votre compte et vérifie votre fiche de l’annuaire. Sinon, adressez-vous à la CPTS de votre territoire.',
  }),
  'several-accounts': () => ({
    title: 'Plusieurs comptes portent votre numéro RPPS',
    text: `Aucun n’a été ouvert. Écrivez à la coordination de votre CPTS, qui corrigera l’annuaire, ${byPassword}`,
  }),
  'account-closed': () => ({
    title: 'Votre compte est fermé',
    text: 'Écrivez à la coordination de votre CPTS si ce n’est pas voulu.',
  }),
  'membership-ended': () => ({
    title: 'Votre participation à cette CPTS a pris fin',
    text: 'Écrivez à sa coordination si ce n’est pas voulu.',
  }),
  'link-differs': (name) => ({
    title: 'Ce compte est lié à une autre identité',
    text: `Il a d’abord été ouvert avec une autre identité de ${name}. Écrivez à la coordination de votre CPTS, ${byPassword}`,
  }),
  'unknown-address': (name) => ({
    title: 'Aucun compte ne correspond à votre adresse',
    text: `${name} doit avoir confirmé l’adresse de votre compte Maillage. Écrivez à la coordination de la CPTS, ${byPassword}`,
  }),
  'not-hospital-staff': (name) => ({
    title: 'Ce compte n’est pas celui d’un service hospitalier',
    text: `${name} n’ouvre que les comptes de son personnel. Entrez avec votre mot de passe.`,
  }),
}
