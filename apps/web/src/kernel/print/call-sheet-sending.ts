import type { CallSheetRecipient, CallSheetSending } from '@maillage/contracts/coordination/call-sheets'
import { exactInWords } from '../../ui/words/dates.ts'

/** What became of one sending: « Envoyée par MSSanté le lundi 2 mars 2026 à 10:00 ». */
export function sendingInWords({ status, at, sentAt }: CallSheetSending): string {
  const when = (instant: string): string => exactInWords(new Date(instant))
  const words: Record<CallSheetSending['status'], string> = {
    waiting: `En route depuis le ${when(at)}.`,
    sent: `Envoyée par MSSanté le ${when(sentAt ?? at)}.`,
    refused: `Refusée le ${when(at)}\u00A0: l’adresse n’existe pas ou n’accepte pas le message. Appelez le cabinet.`,
    'given-up': `Abandonnée après trois jours d’essais, depuis le ${when(at)}. Appelez le cabinet.`,
    dropped: `Pas partie le ${when(at)}\u00A0: le dossier avait été rendu.`,
  }
  return words[status]
}

/** Why the sheet cannot go to somebody; undefined when it can. */
export function hindranceOf({ address, isReachable }: CallSheetRecipient): string | undefined {
  if (address === null) return 'Pas d’adresse MSSanté sur sa fiche de l’annuaire.'
  return isReachable
    ? undefined
    : 'Le domaine de cette adresse n’est pas dans l’espace de confiance réglé sur ce serveur.'
}
