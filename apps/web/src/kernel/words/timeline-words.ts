import type { CaseKindName, TimelineEntry } from '@maillage/contracts/cases'
import { exactInWords } from '../../ui/words/dates.ts'
import { statusLook } from '../status-looks.ts'
import { answerReason, isEnding } from './answer-words.ts'
import { contactChannelLabels, contactResultLabels } from './contact-words.ts'

/** A line of the story: who (set apart on screen), what they did, and the words they left. */
export interface StoryLine {
  icon: string
  what: string
  /** Free text that somebody typed. */
  quote: string | null
}

/** What a move of any kind is told as, after a name: « … a trié le dossier ». */
export const moves: Readonly<Record<string, string>> = {
  open: 'a ouvert la demande',
  submit: 'a transmis la demande',
  'request-info': 'a demandé des informations',
  'provide-info': 'a noté les informations reçues',
  qualify: 'a trié la demande',
  triage: 'a trié la demande',
  'tell-patient': 'a prévenu le patient',
  'book-visit': 'a noté le premier rendez-vous',
  book: 'a noté un rendez-vous',
  'record-no-show': 'a noté une absence au rendez-vous',
  declare: 'a noté la déclaration',
  unmatch: 'a rompu l’accord avec le médecin',
  unbook: 'a annulé le rendez-vous',
  hold: 'a mis le dossier en pause',
  resume: 'a repris le dossier',
  close: 'a clos le dossier',
  reopen: 'a rouvert le dossier',
  'withdraw-consent': 'a noté que la personne retire son accord',
  'joined-household': 'a réuni la recherche à celle du foyer',
  'taken-up': 'a repris la recherche',
  attend: 'a noté que le patient a été vu',
  retry: 'a repris la recherche',
  redirect: 'a réorienté la demande',
  'close-unmet': 'a clos la demande sans solution',
  cancel: 'a annulé la demande',
  acknowledge: 'a accusé réception',
  start: 'a commencé la coordination',
  discharge: 'a noté la sortie',
  'follow-up': 'a noté l’appel de suivi',
}

const needMoves: Readonly<Record<string, string>> = {
  'add-need': 'a ajouté un besoin',
  'change-need': 'a modifié un besoin',
  'mark-not-needed': 'a noté un besoin comme inutile',
  'mark-unmet': 'a noté un besoin sans solution',
  'mark-covered-outside': 'a noté un besoin couvert autrement',
  reopen: 'a rouvert un besoin',
  escalate: 'signale un besoin non couvert à 12\u00A0h de la sortie',
  alert: 'signale un besoin non couvert à 48\u00A0h de la sortie',
}

const proposalIcons: Readonly<Record<string, string>> = {
  sent: 'i-lucide-send',
  accepted: 'i-lucide-check',
  declined: 'i-lucide-x',
  expired: 'i-lucide-hourglass',
  withdrawn: 'i-lucide-undo-2',
  released: 'i-lucide-corner-up-left',
  'call-sheet-sent': 'i-lucide-file-lock',
}

const labelIn = (labels: Readonly<Record<string, string>>, code: string): string => labels[code] ?? code

function proposalWords({ action, by, practitioner, reason }: TimelineEntry): string {
  const who = practitioner ?? 'quelqu’un'
  const why = reason ? `\u00A0: ${answerReason(reason)}` : ''
  const own: Record<string, string> = {
    accepted: 'a accepté la proposition',
    declined: `a décliné la proposition${why}`,
    released: `a rendu le patient${why}`,
    reconfirmed: 'a confirmé sa venue',
  }
  // Answered by themselves, or noted for them by somebody who had them on the phone.
  if (by === practitioner && own[action]) return own[action]
  const told: Record<string, string> = {
    sent: `a proposé à ${who}`,
    accepted: `a noté l’acceptation de ${who}`,
    declined: `a noté le refus de ${who}${why}`,
    expired: `constate que ${who} n’a pas répondu`,
    withdrawn: `a retiré la proposition à ${who}`,
    superseded: `a clos la proposition à ${who}, pourvue par un autre`,
    released: isEnding(reason) ? `a rendu sa place à ${who}${why}` : `a noté que ${who} rend le patient${why}`,
    'reconfirmation-asked': `a redemandé à ${who}, la date ayant changé`,
    reconfirmed: `a noté la confirmation de ${who}`,
    'call-sheet-sent': `a envoyé la fiche d’appel par MSSanté à ${who}`,
  }
  return told[action] ?? `a modifié la proposition à ${who}`
}

function moveWords(kind: CaseKindName, entry: TimelineEntry, reasonLabels: Readonly<Record<string, string>>): string {
  const { action, toStatus, reason } = entry
  const known = moves[action]
  const what =
    known ?? (toStatus ? `a fait avancer le dossier\u00A0: «\u00A0${statusLook(kind, toStatus).label}\u00A0»` : action)
  return reason ? `${what}\u00A0: ${labelIn(reasonLabels, reason)}` : what
}

const linkMoves: Readonly<Record<string, string>> = {
  link: 'a lié ce dossier à',
  'household-joined': 'a réuni au foyer la recherche',
  'joined-household': 'a réuni cette recherche à celle du foyer,',
  'household-left': 'a séparé du foyer la recherche',
  'left-household': 'a séparé cette recherche de celle du foyer,',
}

const detailMoves: Readonly<Record<string, string>> = {
  'asked-by-email': 'a demandé par e-mail si la personne cherche toujours',
  'asked-by-sms': 'a demandé par SMS si la personne cherche toujours',
  'asked-by-letter': 'a demandé par courrier si la personne cherche toujours',
  'answered-still-searching': 'a noté que la personne cherche toujours',
  'answered-found': 'a noté que la personne a trouvé un médecin',
  'answered-no-longer-wanted': 'a noté que la personne ne souhaite plus être sur la liste',
  'answer-undone': 'a repris la dernière réponse de la revalidation',
  'household-joined': 'a ajouté une personne au foyer',
  'change-details-online': 'a reçu en ligne une correction de la demande',
  'change-patient-online': 'a reçu en ligne de nouvelles coordonnées',
  'still-searching-online': 'a reçu en ligne la confirmation que la recherche continue',
  'consent-given-online': 'a reçu en ligne l’accord de la personne',
  'consent-withdrawn-online': 'a reçu en ligne le retrait de l’accord',
  'gp-elsewhere': 'a nommé le médecin traitant, hors de l’annuaire',
  'gp-none': 'a noté que le patient n’a pas de médecin traitant',
  merge: 'a réuni deux fiches de la même personne',
  'undo-merge': 'a séparé deux fiches qui avaient été réunies',
}

const detailWords = ({ action, practitioner }: TimelineEntry): string =>
  action === 'gp-told'
    ? `a adressé le retour au médecin traitant, ${practitioner ?? 'dans l’annuaire'}`
    : (detailMoves[action] ?? 'a modifié la demande')

const reminderMoves: Readonly<Record<string, string>> = {
  done: 'a fait un rappel',
  postpone: 'a reporté un rappel',
  assign: 'a confié un rappel',
  change: 'a modifié un rappel',
  reopen: 'a repris un rappel',
}

const ownerMoves: Readonly<Record<string, string>> = {
  take: 'a pris le dossier en charge',
  'hand-over': 'a confié le dossier',
  'let-go': 'a laissé le dossier sans responsable',
}

type Telling = Omit<StoryLine, 'quote'>

/** One line of the story in French. `reasonLabels` are those of the kind's own closed lists. */
export function storyLine(
  kind: CaseKindName,
  entry: TimelineEntry,
  reasonLabels: Readonly<Record<string, string>>,
): StoryLine {
  // A link's text is the other reference, an owner's the person's name: they stand in the sentence.
  const isTold = entry.type === 'link' || entry.type === 'owner'
  const told = tell(kind, entry, reasonLabels)
  return { ...told, what: `${told.what}${behalfInWords(entry)}`, quote: isTold ? null : entry.text }
}

/** « au nom de Dr Berger (Mme Essai au téléphone, 14:05) »: for whom it was done, and who said it when. */
function behalfInWords({ onBehalf, type }: TimelineEntry): string {
  if (!onBehalf) return ''
  const { practitioner, spokenTo, calledAt } = onBehalf
  const at = calledAt ? `, ${exactInWords(new Date(calledAt))}` : ''
  const phone = spokenTo ? ` (${spokenTo} au téléphone${at})` : ''
  // An answer to a proposal names its practitioner already.
  return type === 'proposal' ? phone : `, au nom de ${practitioner}${phone}`
}

function tell(kind: CaseKindName, entry: TimelineEntry, reasonLabels: Readonly<Record<string, string>>): Telling {
  const { type, action, reason } = entry
  switch (type) {
    case 'note':
      return { icon: 'i-lucide-message-square', what: 'a ajouté une note' }
    case 'message':
      return { icon: 'i-lucide-mail', what: 'a écrit un message' }
    case 'contact-attempt': {
      const result = reason ? labelIn(contactResultLabels, reason) : ''
      return {
        icon: 'i-lucide-phone',
        what: `a tenté de joindre (${labelIn(contactChannelLabels, action)})\u00A0: ${result}`,
      }
    }
    case 'reminder':
      return { icon: 'i-lucide-alarm-clock', what: reminderMoves[action] ?? 'a posé un rappel' }
    case 'proposal':
      return { icon: proposalIcons[action] ?? 'i-lucide-send', what: proposalWords(entry) }
    case 'priority':
      return {
        icon: 'i-lucide-signal',
        what: action === 'restore' ? 'est revenu au calcul de la priorité' : 'a modifié la priorité',
      }
    case 'owner':
      return {
        icon: 'i-lucide-user-round-check',
        what: `${labelIn(ownerMoves, action)}${action === 'hand-over' && entry.text ? ` à ${entry.text}` : ''}`,
      }
    case 'link':
      return {
        icon: 'i-lucide-link',
        what: `${linkMoves[action] ?? 'a retiré le lien avec'} ${entry.text ?? 'un autre'}`,
      }
    case 'need':
      return { icon: 'i-lucide-list-checks', what: needMoves[action] ?? 'a modifié un besoin' }
    case 'details':
      return {
        icon: 'i-lucide-pencil',
        what:
          action === 'reschedule'
            ? `a changé la date de sortie${reason ? `\u00A0: ${labelIn(reasonLabels, reason)}` : ''}`
            : detailWords(entry),
      }
    case 'move':
      return { icon: 'i-lucide-circle-check', what: moveWords(kind, entry, reasonLabels) }
  }
}
