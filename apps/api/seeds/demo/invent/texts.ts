import type { Profession } from '@maillage/contracts/professions'

/** What people of the demo write. Never a name: names are drawn apart. */
export const searchWords = [
  'Renouvellement d’ordonnance impossible depuis le départ du médecin.',
  'Suivi tensionnel à reprendre, dernier bilan il y a plus d’un an.',
  'Diabète de type 2 équilibré, besoin d’un renouvellement tous les trois mois.',
  'A appelé plusieurs cabinets sans succès, se décourage.',
  'Arrivée récente sur la commune, dossier médical disponible.',
  'Insuffisance cardiaque suivie par le cardiologue, sans médecin de ville.',
  'Ne conduit plus, dépend de sa fille pour les déplacements.',
  'Asthme, passages répétés aux urgences faute de suivi.',
  'Suivi psychiatrique en place, cherche un médecin pour le reste.',
  'Souhaite être reçue avec son mari, même médecin si possible.',
]
export const searchNotes = [
  'Préfère être rappelée en fin de journée.',
  'La pharmacie peut avancer le traitement une fois.',
  'Le secrétariat du cabinet demande le dossier avant le rendez-vous.',
  'La fille fait le lien, elle comprend bien la démarche.',
  'Courrier de l’ancien médecin reçu et remis à la personne.',
  'Rappel du délai moyen : la personne accepte d’attendre.',
  'Accepte un médecin dans une commune voisine si le bus y va.',
]
export const previewNotes = [
  'Suivi simple, dossier prêt.',
  'Déplacements difficiles, visite à domicile appréciée.',
  'Traitement à renouveler avant la fin du mois.',
  'Très bonne observance, bilans disponibles.',
]
export const declineTexts = ['Départ en retraite dans l’année.', 'Cabinet en travaux jusqu’au mois prochain.']
export const attemptNotes = [
  'Message laissé.',
  'Sonne dans le vide.',
  'Rappellera demain matin.',
  'Échange clair, coordonnées vérifiées.',
]
export const reminderTexts = [
  'Rappeler pour confirmer la date du premier rendez-vous',
  'Vérifier que le dossier est bien arrivé au cabinet',
  'Prendre des nouvelles',
  'Rappeler la personne de confiance',
  'Relancer le secrétariat',
]

export const careReasons: readonly {
  reason: string
  since: string
  age: readonly [number, number]
  profession: Profession
}[] = [
  { reason: 'Fièvre à 38,8 et toux grasse', since: 'depuis deux jours', age: [3, 60], profession: 'physician' },
  { reason: 'Brûlures en urinant', since: 'depuis hier', age: [20, 80], profession: 'physician' },
  { reason: 'Otite probable, oreille douloureuse', since: 'cette nuit', age: [2, 12], profession: 'physician' },
  {
    reason: 'Mal de dos, ne peut plus se pencher',
    since: 'depuis trois jours',
    age: [28, 70],
    profession: 'physician',
  },
  { reason: 'Éruption sur les bras, démangeaisons', since: 'depuis ce matin', age: [4, 65], profession: 'physician' },
  { reason: 'Angine, déglutition difficile', since: 'depuis deux jours', age: [6, 45], profession: 'physician' },
  { reason: 'Vomissements, s’alimente peu', since: 'depuis hier soir', age: [5, 75], profession: 'physician' },
  { reason: 'Entorse de cheville, gonflement', since: 'hier au sport', age: [14, 50], profession: 'physician' },
  { reason: 'Plaie du mollet qui suinte', since: 'depuis cinq jours', age: [60, 90], profession: 'nurse' },
  {
    reason: 'Pansement à refaire, infirmière habituelle absente',
    since: 'ce week-end',
    age: [55, 92],
    profession: 'nurse',
  },
  { reason: 'Rage de dent, joue gonflée', since: 'depuis deux nuits', age: [18, 70], profession: 'dentist' },
  { reason: 'Torticolis aigu', since: 'au réveil', age: [22, 60], profession: 'physiotherapist' },
  { reason: 'Crevasses et allaitement difficile', since: 'au troisième jour', age: [22, 38], profession: 'midwife' },
  { reason: 'Malaise à la chaleur, mieux à présent', since: 'cet après-midi', age: [60, 88], profession: 'physician' },
]
export const redFlagReasons = [
  { flag: 'chest_pain', reason: 'Douleur dans la poitrine qui serre' },
  { flag: 'breathlessness', reason: 'Essoufflement au repos' },
  { flag: 'sudden_weakness', reason: 'Bras gauche sans force d’un coup' },
  { flag: 'heavy_bleeding', reason: 'Saignement qui ne s’arrête pas' },
  { flag: 'loss_of_consciousness', reason: 'Perte de connaissance ce matin' },
  { flag: 'confusion', reason: 'Propos incohérents depuis une heure' },
] as const
export const careNotes = [
  'Vu, traitement prescrit, contrôle si fièvre à 48 h.',
  'Antalgiques et repos.',
  'Bilan demandé au laboratoire.',
  'Conseils donnés, pas d’ordonnance.',
]
export const adviceGiven = [
  'Surveiller la température, rappeler le 15 si aggravation.',
  'Repos, hydratation, pharmacie ouverte jusqu’à 19 h 30.',
  'Consultation possible demain à la maison médicale de garde.',
]

export const stays: readonly {
  reason: string
  unit: number
  prado?: 'surgery' | 'heart-failure' | 'copd' | 'stroke' | 'elderly'
}[] = [
  { reason: 'Prothèse totale de hanche', unit: 0, prado: 'surgery' },
  { reason: 'Fracture du col du fémur opérée', unit: 0 },
  { reason: 'Prothèse de genou', unit: 0, prado: 'surgery' },
  { reason: 'Fracture du poignet sur chute', unit: 0 },
  { reason: 'Chutes répétées, bilan gériatrique', unit: 1, prado: 'elderly' },
  { reason: 'Confusion sur infection urinaire', unit: 1 },
  { reason: 'Dénutrition et perte d’autonomie', unit: 1, prado: 'elderly' },
  { reason: 'Décompensation cardiaque', unit: 2, prado: 'heart-failure' },
  { reason: 'Pneumopathie', unit: 2 },
  { reason: 'Exacerbation de BPCO', unit: 2, prado: 'copd' },
  { reason: 'Rééducation après accident vasculaire', unit: 3, prado: 'stroke' },
  { reason: 'Suites de chirurgie digestive', unit: 3 },
]
export const wardNotes = [
  'Le fils apporte les clés la veille.',
  'Lit médicalisé livré le matin de la sortie.',
  'Préfère une infirmière le matin avant 9 h.',
  'Pharmacie habituelle prévenue.',
]
export const outsideServices = {
  'home-help': ['Aide à domicile des Cigales', '+33465719001'],
  meals: ['Portage de repas du CCAS', '+33465719002'],
  transport: ['Ambulances des Arènes', '+33465719003'],
  equipment: ['Matériel médical Micocoulier', '+33465719004'],
  laboratory: ['Laboratoire des Tamaris', '+33465719005'],
} as const
