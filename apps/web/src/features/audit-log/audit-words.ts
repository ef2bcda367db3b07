import type { AuditEntry } from '@maillage/contracts/audit'
import { type CaseKindName, caseKinds } from '@maillage/contracts/cases'
import { roles } from '@maillage/contracts/roles'
import { statusLook } from '../../kernel/status-looks.ts'
import { problemTexts } from '../../platform/problem-text.ts'
import { roleLabels } from '../../platform/role-words.ts'

/** The acts on a case, whatever its kind. */
const caseActs: Readonly<Record<string, string>> = {
  list: 'Liste des dossiers lue',
  board: 'Tableau des sorties lu',
  'read-messages': 'Messages lus',
  'send-message': 'Message envoyé',
  read: 'Dossier lu',
  'read-timeline': 'Historique lu',
  'read-reminders': 'Rappels lus',
  'add-note': 'Note ajoutée',
  'contact-attempt': 'Appel noté',
  'ask-still-searching': 'Revalidation demandée',
  'still-searching': 'Recherche confirmée',
  'confirmation-undone': 'Confirmation reprise',
  'undo-answer': 'Réponse à la revalidation reprise',
  'add-reminder': 'Rappel posé',
  'finish-reminder': 'Rappel fait',
  'done-reminder': 'Rappel fait',
  'postpone-reminder': 'Rappel reporté',
  'assign-reminder': 'Rappel confié',
  'change-reminder': 'Rappel modifié',
  'reopen-reminder': 'Rappel repris',
  'override-priority': 'Priorité fixée',
  'restore-priority': 'Priorité rendue au calcul',
  recompute: 'Priorité recalculée',
  'import-undone': 'Demande retirée avec la reprise qui l’avait ouverte',
  take: 'Dossier pris en charge',
  'hand-over': 'Dossier confié',
  'let-go': 'Dossier laissé',
  link: 'Dossiers liés',
  unlink: 'Lien entre dossiers retiré',
  print: 'Fiche d’appel imprimée',
  'send-call-sheet': 'Fiche d’appel envoyée par MSSanté',
  open: 'Demande ouverte',
  submit: 'Demande transmise',
  'request-info': 'Informations demandées',
  'provide-info': 'Informations reçues',
  'change-details': 'Demande modifiée',
  'change-details-online': 'Demande corrigée en ligne',
  'still-searching-online': 'Recherche confirmée en ligne',
  'consent-given-online': 'Accord donné en ligne',
  'consent-withdrawn-online': 'Accord retiré en ligne',
  qualify: 'Demande triée',
  triage: 'Demande triée',
  'tell-patient': 'Patient prévenu',
  'book-visit': 'Premier rendez-vous noté',
  book: 'Rendez-vous noté',
  unbook: 'Rendez-vous annulé',
  'record-no-show': 'Absence au rendez-vous notée',
  declare: 'Déclaration notée',
  unmatch: 'Accord rompu avec le médecin',
  hold: 'Dossier mis en pause',
  resume: 'Dossier repris',
  close: 'Dossier clos',
  reopen: 'Dossier rouvert',
  attend: 'Patient vu',
  retry: 'Recherche reprise',
  redirect: 'Demande réorientée',
  'close-unmet': 'Demande close sans solution',
  cancel: 'Demande annulée',
  'open-gp-search': 'Recherche de médecin traitant ouverte',
  acknowledge: 'Accusé de réception',
  start: 'Coordination commencée',
  reschedule: 'Date de sortie changée',
  'reschedule-preview': 'Effet d’une autre date de sortie lu',
  discharge: 'Sortie notée',
  'follow-up': 'Appel de suivi noté',
  'add-need': 'Besoin ajouté',
  'change-need': 'Besoin modifié',
  'mark-not-needed': 'Besoin noté inutile',
  'mark-unmet': 'Besoin noté sans solution',
  'mark-covered-outside': 'Besoin couvert autrement',
  'patient-moved': 'Déménagement du patient',
  'proposals-changed': 'Couverture mise à jour',
  'proposal-sent': 'Proposition partie',
  'proposals-ended': 'Propositions terminées sans accord',
  accepted: 'Proposition acceptée',
  released: 'Patient rendu',
  reconfirmed: 'Venue confirmée',
  'reconfirmation-unanswered': 'Venue non reconfirmée à temps',
  'date-moved': 'Couverture revue, la date ayant changé',
  derive: 'Couverture mise à jour',
  alert: 'Alerte, 48\u00A0h avant la sortie',
  'care-late': 'Alerte, soin en retard',
  escalate: 'Alerte, 12\u00A0h avant la sortie',
}

/** What concerns no case, or the proposals of one. */
const otherActs: Readonly<Record<string, string>> = {
  'revalidation.list': 'Liste à appeler lue',
  'revalidation.start-campaign': 'Campagne de revalidation lancée',
  'session.open': 'Connexion',
  'session.refused': 'Connexion refusée',
  'session.end': 'Déconnexion',
  'session.revoked': 'Session fermée à distance',
  'session.locked': 'Session verrouillée',
  'session.unlocked': 'Session déverrouillée',
  'password.changed': 'Mot de passe changé',
  'second-factor.enrolled': 'Second facteur ajouté',
  'second-factor.removed': 'Second facteur retiré',
  'second-factor.suspected': 'Clé d’accès refusée, peut-être copiée',
  'recovery-codes.renewed': 'Codes de secours renouvelés',
  'second-factor.reset-asked': 'Remise à zéro du second facteur demandée',
  'second-factor.reset': 'Second facteur remis à zéro',
  'second-factor.reset-refused': 'Remise à zéro du second facteur écartée',
  'membership.closed': 'Rôle retiré',
  'membership.reopened': 'Rôle rendu',
  'audit.read': 'Consultations d’un dossier lues',
  'reading-alert.list': 'Lectures inhabituelles lues',
  'reading-alert.explain': 'Lecture inhabituelle expliquée',
  'reading-alert.reopen': 'Lecture inhabituelle rouverte',
  'duplicate.list': 'Doublons possibles lus',
  'duplicate.read': 'Fiches comparées',
  'patient-merge.list': 'Fusions lues',
  'undelivered.list': 'Messages non remis lus',
  'home.read': 'Accueil lu',
  'hand-over.read': 'Passation lue',
  'reminders.list': 'Rappels lus',
  'alert.unread': 'Demande urgente non lue, signalée par e-mail',
  'coordinator.declare-absence': 'Absence de la coordination déclarée',
  'coordinator.end-absence': 'Absence de la coordination retirée',
  'worklist.read': 'File lue',
  'worklist.search': 'Recherche dans la file',
  'patient.read': 'Fiche d’un patient lue',
  'patient.search': 'Recherche d’un patient',
  'patient.change': 'Fiche d’un patient modifiée',
  'patient.read-identity': 'Identité d’un patient lue, matricule masqué',
  'patient.number-read': 'Matricule INS d’un patient affiché en entier',
  'patient.identity-change': 'Identité ou matricule INS d’un patient enregistrés',
  'proposal.sent': 'Proposition envoyée',
  'proposal.accepted': 'Proposition acceptée',
  'proposal.declined': 'Proposition déclinée',
  'proposal.expired': 'Proposition sans réponse',
  'proposal.withdrawn': 'Proposition retirée',
  'proposal.superseded': 'Proposition pourvue par un autre',
  'proposal.released': 'Patient rendu',
  'proposal.reconfirmed': 'Venue confirmée',
  'call-sheet.write': 'Fiche d’appel écrite pour MSSanté',
  'proposal.contact-listed': 'Coordonnées du patient montrées dans une liste',
  'proposal.contact-read': 'Coordonnées du patient lues',
  'slot.publish': 'Créneaux publiés',
  'slot.close': 'Créneaux fermés',
  'slot.reopen': 'Créneaux rouverts',
  'slot.hold': 'Créneau retenu',
  'slot.let-go': 'Créneau rendu',
  'slot-series.publish': 'Créneaux publiés chaque semaine',
  'slot-series.end': 'Créneaux de chaque semaine arrêtés',
  'slot-series.change': 'Créneaux de chaque semaine modifiés',
  'slot-series.withdraw': 'Publication de créneaux annulée',
  'visit.gp-told': 'Retour adressé au médecin traitant',
  'visit.gp-elsewhere': 'Médecin traitant nommé, hors de l’annuaire',
  'visit.gp-none': 'Absence de médecin traitant notée',
  'setting.change': 'Réglage modifié',
  'calendar-feed.renew': 'Adresse d’agenda créée',
  'calendar-feed.drop': 'Adresse d’agenda arrêtée',
  'practitioner.enter': 'Soignant ajouté à l’annuaire',
  'practitioner.change': 'Fiche d’un soignant modifiée',
  'practitioner.declare-capacity': 'Places déclarées',
  'practitioner.add-absence': 'Absence ajoutée',
  'practitioner.remove-absence': 'Absence retirée',
  'practitioner.waiting-patients-read': 'Patients en attente près d’un soignant lus',
  'saved-view.add': 'Vue de la file gardée',
  'saved-view.change': 'Vue de la file modifiée',
  'saved-view.drop': 'Vue de la file retirée',
  'discharge-template.add': 'Modèle de sortie ajouté',
  'discharge-template.change': 'Modèle de sortie modifié',
  'discharge-template.remove': 'Modèle de sortie retiré',
  'patient.change-online': 'Fiche corrigée en ligne',
  'registration.open': 'Demande lue en ligne par son auteur',
  'public-desk.change': 'Page publique modifiée',
  'information-notice.publish': 'Texte d’information publié',
  'directory.import': 'Annuaire importé',
  'directory.departures': 'Départs de l’annuaire notés',
  'waiting-list-import.receive': 'Liste d’attente donnée',
  'waiting-list-import.read': 'Liste d’attente lue',
  'waiting-list-import.preview': 'Aperçu d’une liste d’attente lu',
  'waiting-list-import.map': 'Colonnes d’une liste d’attente précisées',
  'waiting-list-import.start': 'Reprise d’une liste lancée',
  'waiting-list-import.undo': 'Reprise d’une liste annulée',
  'waiting-list-import.forget': 'Liste d’attente oubliée',
  'waiting-list-import.lines': 'Sort des lignes d’une liste lu',
  'waiting-list-import.download': 'Lignes refusées téléchargées',
}

/** Tries that failed, told by what was tried rather than by the code of a problem. */
const refusedActs: Readonly<Record<string, string>> = {
  'session.refused': 'Connexion refusée',
  'session.reused': 'Session fermée, son cookie ayant servi deux fois',
  'session.unlocked': 'Déverrouillage refusé',
  'registration.refused': 'Demande en ligne, avec une autre date de naissance',
}

const isKind = (name: string): name is CaseKindName => caseKinds.some((kind) => kind === name)
const isProblem = (code: string): code is keyof typeof problemTexts => code in problemTexts

/** « Dossier lu », « Proposition acceptée »; what was refused says why. An unknown code stays as it came. */
export function actionInWords({ action, outcome }: Pick<AuditEntry, 'action' | 'outcome'>): string {
  // `practitioner.change 0198…`: whom it concerns comes after a space.
  const [code = ''] = action.split(' ')
  if (outcome === 'refused') return isProblem(code) ? problemTexts[code] : (refusedActs[code] ?? action)
  const [subject = '', act = ''] = code.split('.')
  return (isKind(subject) ? caseActs[act] : otherActs[code]) ?? action
}

/** « À trier → À proposer », or nothing when the case stayed where it was. */
export function stepInWords({ action, from, to }: Pick<AuditEntry, 'action' | 'from' | 'to'>): string {
  const [kind = ''] = action.split('.')
  if (!isKind(kind) || to === null || from === to) return ''
  const after = statusLook(kind, to).label
  return from === null ? after : `${statusLook(kind, from).label} → ${after}`
}

/** « Coordination », or « automatique » for what the program does by itself. */
export function auditRoleInWords(role: string): string {
  const known = roles.find((one) => one === role)
  return known ? roleLabels[known] : 'Automatique'
}
