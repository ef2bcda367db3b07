import type { Role } from '@maillage/contracts/roles'

/** The one place that spells the addresses of the screens. A reference stands in them, never a name nor a search. */
export const paths = {
  signIn: '/connexion',
  chooseRole: '/choisir-un-role',
  enrol: '/proteger-mon-compte',
  security: '/securite',
  catalogue: '/catalogue',
  accessibility: '/accessibilite',
  home: '/accueil',
  handOver: '/passation',
  absences: '/absences',
  worklist: '/file',
  newCase: '/nouvelle-demande',
  discharges: '/sorties',
  directory: '/annuaire',
  teams: '/annuaire/equipes',
  practitionerCard: (id: string): string => `/annuaire/${encodeURIComponent(id)}/fiche`,
  practitioner: (id: string): string => `/annuaire/${encodeURIComponent(id)}`,
  proposals: '/propositions',
  myPatients: '/mes-patients',
  myPlaces: '/mes-places',
  mySlots: '/mes-creneaux',
  slots: '/creneaux',
  visitFeedback: '/retours',
  myCard: '/ma-fiche',
  mySecretaries: '/mon-secretariat',
  myDoctors: '/mes-praticiens',
  invitation: (token: string): string => `/invitation/${encodeURIComponent(token)}`,
  partners: '/partenaires',
  partner: (id: string): string => `/partenaires/${encodeURIComponent(id)}`,
  wardDischarges: '/sorties-du-service',
  newDischarge: '/sorties-du-service/nouvelle',
  dischargeTemplates: '/modeles-de-sortie',
  myRequests: '/mes-demandes',
  auditLog: '/journal',
  whoRead: (reference: string): string => `/journal?dossier=${encodeURIComponent(reference)}`,
  readingAlerts: '/lectures-inhabituelles',
  publicDesk: '/demande-en-ligne',
  /** Pages that the API serves, outside of the screens: plain links lead there. */
  publicRequest: '/demande',
  messages: '/messages',
  notifications: '/notifications',
  undelivered: '/messages-non-remis',
  messageTemplates: '/modeles-de-messages',
  sentMessages: '/envois',
  settings: '/reglages',
  listImports: '/reprises',
  listImport: (id: string): string => `/reprises/${encodeURIComponent(id)}`,
  revalidation: '/revalidation',
  duplicates: '/doublons',
  duplicate: (id: string): string => `/doublons/${encodeURIComponent(id)}`,
  patients: '/patients',
  patient: (id: string): string => `/patients/${encodeURIComponent(id)}`,
  case: (reference: string): string => `/dossiers/${encodeURIComponent(reference)}`,
  dischargeSheet: (reference: string): string => `/sorties/${encodeURIComponent(reference)}/feuille`,
  wardDischarge: (reference: string): string => `/sorties-du-service/${encodeURIComponent(reference)}`,
  proposal: (id: string): string => `/propositions/${encodeURIComponent(id)}`,
} as const

/** Where each role starts its day. */
export const homeOf: Record<Role, string> = {
  coordinator: paths.home,
  practitioner: paths.proposals,
  requester: paths.myRequests,
  hospital_staff: paths.wardDischarges,
  administrator: paths.auditLog,
  secretary: paths.proposals,
}

/** A way back asked in the address (`?suite=`): one of our own pages, or nothing. */
export function ownPath(asked: unknown): string | undefined {
  return typeof asked === 'string' && /^\/(?![/\\])/.test(asked) ? asked : undefined
}
