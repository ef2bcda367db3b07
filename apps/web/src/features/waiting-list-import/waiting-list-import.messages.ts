import type {
  FileProblem,
  ImportMappingProblem,
  ImportRefusal,
  ImportStatus,
  RefusalCode,
  WaitingListField,
  WaitingListImportSummary,
} from '@maillage/contracts/waiting-list-imports'
import { counted } from '../../ui/words/typography.ts'

/** What a column holds, as a choice in a list. */
export const fieldLabels: Readonly<Record<WaitingListField, string>> = {
  birthName: 'Nom de naissance',
  lastName: 'Nom',
  firstName: 'Prénom',
  fullName: 'Nom et prénom',
  birthDate: 'Date de naissance',
  age: 'Âge (ne suffit pas)',
  sex: 'Sexe',
  phone: 'Téléphone',
  email: 'Adresse e-mail',
  address: 'Adresse',
  postalCode: 'Code postal',
  municipality: 'Commune',
  municipalityCode: 'Code INSEE de la commune',
  hasLongTermCondition: 'Affection de longue durée',
  solidarityCover: 'Complémentaire santé solidaire ou AME',
  disabledAdultAllowance: 'Allocation aux adultes handicapés',
  homebound: 'Ne peut pas se déplacer',
  canTravel: 'Peut se déplacer',
  livesAlone: 'Vit seul',
  pregnancyOrInfant: 'Grossesse ou nourrisson',
  previousGp: 'Ancien médecin traitant',
  lossReason: 'Motif de la perte du médecin',
  treatmentDaysLeft: 'Jours de traitement restants',
  doctorsAlreadyContacted: 'Médecins déjà contactés',
  registeredAt: 'Date d’inscription',
  consent: 'Accord de la personne',
  freeText: 'Remarques',
  refused: 'Jamais repris (n° de sécurité sociale)',
  ignored: 'Numéro d’ordre, laissé de côté',
}

/** Why the whole file is refused, and what to do. */
export const fileProblemTexts: Readonly<Record<FileProblem, string>> = {
  'too-large': 'Ce fichier est trop gros. Partagez la liste en plusieurs fichiers.',
  'too-many-lines': 'Ce fichier a plus de 50 000 lignes. Partagez la liste en plusieurs fichiers.',
  protected: 'Ce classeur est protégé par un mot de passe. Enregistrez-le sans protection, puis redonnez-le.',
  'not-a-sheet': 'Ce fichier n’est ni un classeur (xlsx, xls, ods) ni un CSV.',
  empty: 'Ce fichier ne contient aucune ligne.',
  'no-header':
    'Aucune ligne d’en-têtes n’a été trouvée. Il faut au moins le nom, le prénom, la date de naissance et la commune.',
}

/** What the columns lack, or leave in doubt. */
export function mappingProblemInWords({ code, field, headers }: ImportMappingProblem): string {
  const quoted = headers.map((header) => `«\u00A0${header}\u00A0»`).join(' et ')
  switch (code) {
    case 'missing-name':
      return 'Dites quelle colonne donne le nom.'
    case 'missing-first-name':
      return 'Dites quelle colonne donne le prénom.'
    case 'missing-birth-date':
      return 'Dites quelle colonne donne la date de naissance.'
    case 'age-is-not-a-birth-date':
      return `${quoted} donne l’âge\u00A0: la date de naissance est nécessaire pour reconnaître une personne.`
    case 'missing-municipality':
      return 'Dites quelle colonne donne la commune ou le code postal.'
    case 'two-columns-for-one-field':
      return `${quoted} donnent tous deux «\u00A0${field ? fieldLabels[field] : ''}\u00A0»\u00A0: gardez-en un.`
  }
}

/** Why a line is refused, without what stood in it. */
export const refusalLabels: Readonly<Record<RefusalCode, string>> = {
  'missing-name': 'Nom manquant',
  'missing-first-name': 'Prénom manquant',
  'ambiguous-name': 'Nom et prénom indistincts',
  'missing-birth-date': 'Date de naissance manquante',
  'age-is-not-a-birth-date': 'Âge au lieu de la date de naissance',
  'unreadable-date': 'Date illisible\u00A0: écrivez-la jj/mm/aaaa',
  'impossible-date': 'Date qui n’existe pas',
  'year-only': 'Année seule\u00A0: écrivez la date entière',
  'ambiguous-century': 'Siècle incertain\u00A0: écrivez l’année en quatre chiffres',
  'future-date': 'Date dans le futur',
  'too-old': 'Plus de 120 ans',
  'missing-municipality': 'Commune manquante',
  'unknown-municipality': 'Commune inconnue',
  'ambiguous-municipality': 'Plusieurs communes possibles',
  'too-long': 'Texte trop long',
  'consent-refused': 'La personne n’a pas donné son accord',
  'not-accepted': 'Demande qui n’a pas pu être ouverte',
}

/** « Date illisible : écrivez-la jj/mm/aaaa (« 12-1944 », colonne « Né le ») ». */
export function refusalInWords({ code, column, value, candidates }: ImportRefusal): string {
  const found = [
    value && `«\u00A0${value}\u00A0»`,
    candidates.length > 0 && candidates.slice(0, 4).join(', '),
    column && `colonne «\u00A0${column}\u00A0»`,
  ].filter(Boolean)
  return found.length > 0 ? `${refusalLabels[code]} (${found.join(', ')})` : refusalLabels[code]
}

export const importStatusLabels: Readonly<Record<ImportStatus, string>> = {
  draft: 'À vérifier',
  running: 'En cours',
  interrupted: 'Interrompue',
  done: 'Terminée',
  undoing: 'Annulation en cours',
  undone: 'Annulée',
}

/** « 112 ouvertes, 5 déjà là, 3 refusées ». */
export function countsInWords({ counts, lines, status }: WaitingListImportSummary): string {
  if (status === 'draft') return counted(lines, 'ligne lue', 'lignes lues')
  const known = counts.alreadyThere + counts.repeated
  return [
    counted(counts.opened, 'demande ouverte', 'demandes ouvertes', 'aucune demande ouverte'),
    known > 0 && `${counted(known, 'ligne', 'lignes')} déjà là`,
    counts.refused > 0 && counted(counts.refused, 'ligne refusée', 'lignes refusées'),
  ]
    .filter(Boolean)
    .join(', ')
}

/** What undoing gave back. */
export function undoneInWords({ removed, kept }: { removed: number; kept: number }): string {
  const gone = counted(removed, 'demande retirée', 'demandes retirées', 'Aucune demande retirée')
  if (kept === 0) return `${gone}.`
  return `${gone}. ${counted(kept, 'demande déjà travaillée est gardée', 'demandes déjà travaillées sont gardées')}.`
}

export const ignoredCauses = {
  'above-header': 'au-dessus des en-têtes',
  totals: 'totaux',
  'header-again': 'en-têtes répétés',
} as const
