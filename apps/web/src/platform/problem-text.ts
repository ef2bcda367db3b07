import type { ProblemCode } from '@maillage/contracts/kit/problems'
import { ApiProblem, NetworkFailure, UnexpectedAnswer } from './http.ts'

/** What each problem of the API says to people: what happened, then what to do. */
export const problemTexts: Record<ProblemCode, string> = {
  'malformed-request': 'Le serveur n’a pas pu lire la demande. Rechargez la page et recommencez.',
  'not-signed-in': 'Reconnectez-vous pour continuer.',
  'wrong-credentials': 'L’adresse e-mail ou le mot de passe est inexact.',
  'session-ended': 'Votre session est terminée. Reconnectez-vous pour continuer.',
  'session-locked': 'L’écran est verrouillé. Déverrouillez-le pour continuer.',
  'second-factor-required': 'Indiquez le code à six chiffres de votre application d’authentification.',
  'wrong-second-factor': 'Ce code n’est pas valable, ou a déjà servi.',
  'passkey-refused': 'Cette clé d’accès n’ouvre aucun compte ici. Utilisez votre mot de passe.',
  'second-factor-to-enrol': 'Protégez d’abord votre compte par une seconde preuve.',
  'proof-required': 'Confirmez d’abord qui vous êtes.',
  'wrong-proof': 'Le mot de passe ou le code est inexact.',
  'last-second-factor': 'C’est votre seule protection. Ajoutez-en une autre avant de la retirer.',
  'role-may-not': 'Votre rôle ne permet pas cette action.',
  'from-elsewhere': 'Cette demande ne vient pas d’une page de Maillage. Rechargez la page et recommencez.',
  'delegation-ended': 'Ce praticien ne vous a pas confié cette action, ou y a mis fin. Demandez-lui ce qu’il en est.',
  'not-found': 'Cet élément n’existe pas ou ne vous est pas accessible.',
  'method-not-allowed': 'Le serveur ne permet pas cette action.',
  'case-changed': 'Quelqu’un a modifié ce dossier entre-temps. Relisez-le, puis recommencez.',
  'version-stale': 'Quelqu’un a modifié cet élément entre-temps. Relisez-le, puis recommencez.',
  'wrong-status': 'Le dossier n’est plus à l’étape qui permet cette action.',
  'capacity-exhausted': 'Ce soignant n’a plus de place.',
  'slot-taken': 'Ce créneau n’est plus libre.',
  'proposal-closed': 'Cette proposition n’attend plus de réponse.',
  'proposal-already-live': 'Une proposition est déjà en attente pour ce dossier ou ce besoin.',
  'practitioner-not-eligible': 'Ce soignant ne peut pas recevoir cette proposition.',
  'duplicate-suspected': 'Une personne qui ressemble à celle-ci est déjà connue.',
  'already-open': 'Cette personne a déjà un dossier ouvert de ce type.',
  'idempotency-conflict': 'Cette demande a déjà été envoyée avec un autre contenu. Rechargez la page.',
  'reopening-too-late': 'Ce dossier est clos depuis trop longtemps pour être rouvert. Ouvrez-en un nouveau.',
  'municipality-outside-territory': 'Cette commune est hors du territoire de la CPTS.',
  'not-enough-needs': 'Indiquez au moins un besoin pour cette sortie.',
  'record-merged': 'Cette fiche a été réunie à une autre. Ouvrez la fiche gardée.',
  'two-open-searches': 'Cette personne a deux recherches ouvertes. Choisissez celle qui continue.',
  'merge-not-undoable': 'Cette fusion ne peut plus être défaite.',
  'household-searches-together':
    'Cette personne cherche un médecin avec le foyer. Séparez d’abord sa recherche, depuis le dossier du foyer.',
  'household-scope-required': 'Dites si cela concerne tout le foyer ou une seule personne.',
  'number-of-another':
    'Ce matricule est déjà enregistré sur une autre fiche. Cherchez-le pour la trouver, puis comparez les deux.',
  'numbers-differ': 'Ces deux fiches portent des matricules INS différents. Ce sont deux personnes.',
  'already-exists': 'Cet élément existe déjà.',
  'absence-overlaps': 'Ces jours en recouvrent d’autres, déjà notés. Retirez d’abord l’autre absence.',
  'secure-mail-off':
    'MSSanté n’est pas réglée sur ce serveur. Demandez à la personne qui l’administre, ou imprimez la fiche.',
  'too-large': 'Le contenu envoyé est trop volumineux.',
  'unsupported-media-type': 'Ce type de fichier n’est pas accepté.',
  'invalid-field': 'Un champ manque ou n’est pas rempli comme attendu.',
  'reason-required': 'Indiquez un motif.',
  'identity-in-preview': 'Cette note permettrait de reconnaître la personne. Retirez ce qui l’identifie.',
  'municipality-not-covered': 'Aucune CPTS de ce service ne couvre cette commune.',
  'uncovered-not-acknowledged': 'Des besoins ne sont pas couverts. Confirmez que vous en avez connaissance.',
  'too-many-requests': 'Trop de demandes en peu de temps. Réessayez dans un instant.',
  'internal-error': 'Le serveur a rencontré une erreur. Réessayez\u202F; si cela dure, donnez le numéro de la demande.',
  'not-ready': 'Le service démarre ou s’interrompt. Réessayez dans un instant.',
}

export interface Explanation {
  text: string
  /** To give to the support. */
  requestId?: string
  /** False when trying the same again cannot help. */
  retryable: boolean
}

const waitInWords = (seconds: number): string =>
  seconds < 90 ? `${Math.max(1, Math.ceil(seconds))}\u00A0s` : `${Math.ceil(seconds / 60)}\u00A0min`

/** What an error of a call says to people. What is not the API's doing is a fault of ours: it goes on being thrown. */
export function explain(error: unknown): Explanation {
  if (error instanceof ApiProblem) {
    const text =
      error.code === 'too-many-requests' && error.retryAfter !== undefined
        ? `Trop de demandes en peu de temps. Réessayez dans ${waitInWords(error.retryAfter)}.`
        : problemTexts[error.code]
    return { text, requestId: error.requestId, retryable: error.status >= 500 || error.status === 429 }
  }
  if (error instanceof NetworkFailure) {
    return { text: 'Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez.', retryable: true }
  }
  if (error instanceof UnexpectedAnswer) {
    const text =
      error.status >= 500
        ? 'Le serveur ne répond pas correctement. Réessayez dans un instant.'
        : 'La réponse du serveur n’a pas été comprise. Rechargez la page\u00A0: une nouvelle version est sans doute en ligne.'
    return { text, retryable: true }
  }
  throw error
}
