import type {
  DeliveryChannel,
  DeliveryStatus,
  NoticeGroup,
  NoticeTarget,
  WordsFault,
} from '@maillage/contracts/notifications/notices'
import { paths } from '../../platform/paths.ts'

export const channelLabel: Record<DeliveryChannel, string> = {
  email: 'E-mail',
  sms: 'SMS',
  'in-app': 'Dans Maillage',
  mssante: 'MSSanté',
}

export const groupLabel: Record<NoticeGroup, string> = {
  proposals: 'Propositions',
  slots: 'Créneaux',
  directory: 'Ma fiche de l’annuaire',
  answers: 'Réponses reçues',
  desk: 'Ce qui attend la coordination',
  alerts: 'Alertes',
  'own-requests': 'Mes demandes',
  account: 'Mon compte',
  public: 'Patients et personnes sans compte',
}

/** Whom a message without an account was for: by MSSanté it goes to a practitioner alone. */
export const nobodyLabel = (channel: DeliveryChannel): string =>
  channel === 'mssante' ? 'Praticien, à son adresse MSSanté' : 'Personne sans compte'

export const statusLabel: Record<DeliveryStatus, string> = {
  waiting: 'En attente',
  sent: 'Parti',
  refused: 'Refusé',
  'given-up': 'Abandonné après trois jours',
  dropped: 'Sans objet avant l’envoi',
}

/** Why a message did not arrive, and what to do about it. */
export function undeliveredInWords(
  why: 'refused' | 'given-up',
  channel: DeliveryChannel,
): { what: string; toDo: string } {
  const address = channel === 'sms' ? 'le numéro' : 'l’adresse'
  return why === 'refused'
    ? {
        what: `Refusé\u00A0: ${address} n’existe pas ou n’accepte pas le message.`,
        toDo: `Appelez la personne et corrigez ${address}.`,
      }
    : { what: 'Abandonné après trois jours d’essais.', toDo: 'Appelez la personne pour lui dire ce qui l’attendait.' }
}

/** What stands in the way of some words, for whoever wrote them. */
export function faultInWords({ code, what }: Pick<WordsFault, 'code' | 'what'>): string {
  const said: Record<WordsFault['code'], string> = {
    'unknown-placeholder': `«\u00A0{{ ${what} }}\u00A0» n’est pas une valeur de ce message.`,
    'broken-placeholder': `Des accolades sont mal fermées\u00A0: «\u00A0${what}\u00A0».`,
    'forbidden-word': `«\u00A0${what}\u00A0» touche à la santé\u00A0: un message peut être lu par d’autres.`,
    address: 'Pas d’adresse\u00A0: le message porte déjà son propre lien.',
    'several-lines': 'Une seule ligne ici.',
  }
  return said[code]
}

/** The page that a message leads to. */
export function placeOf(target: NoticeTarget): string | undefined {
  if (target.to === 'proposal') return target.id === null ? undefined : paths.proposal(target.id)
  return target.path ?? undefined
}
