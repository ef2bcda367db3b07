import type {
  AnswerRevalidation,
  CampaignPreview,
  ReasonsReport,
  RevalidationCampaign,
  RevalidationProgress,
  ToReach,
} from '@maillage/contracts/revalidation'
import { dayInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'

/** A button of the list of those to call: what is written down, and what is said once it is done. */
export interface SaidChoice extends Pick<AnswerRevalidation, 'answer' | 'scope'> {
  readonly label: string
  readonly done: string
  /** Not taken back from here. */
  readonly isFinal?: boolean
}

const stillSearching: SaidChoice = {
  answer: 'still-searching',
  label: 'Toujours en recherche',
  done: 'reste sur la liste',
}
const unreachable: SaidChoice = { answer: 'unreachable', label: 'Injoignable', done: 'n’a pas répondu' }
const ends: readonly SaidChoice[] = [
  { answer: 'found', label: 'A trouvé', done: 'a trouvé un médecin, dossier clos' },
  { answer: 'no-longer-wanted', label: 'Ne souhaite plus', done: 'ne souhaite plus, dossier clos' },
]
/** An end says whether it is everybody's. */
const endsOfHousehold: readonly SaidChoice[] = [
  {
    ...{ answer: 'found', scope: 'patient', label: 'A trouvé, sans les autres', isFinal: true },
    done: 'a trouvé un médecin, les autres restent sur la liste',
  },
  {
    ...{ answer: 'found', scope: 'household', label: 'Tout le foyer a trouvé' },
    done: 'et son foyer ont trouvé un médecin, dossier clos',
  },
  {
    ...{ answer: 'no-longer-wanted', scope: 'patient', label: 'Ne souhaite plus, les autres si', isFinal: true },
    done: 'ne souhaite plus, les autres restent sur la liste',
  },
  {
    ...{ answer: 'no-longer-wanted', scope: 'household', label: 'Tout le foyer renonce' },
    done: 'et son foyer ne souhaitent plus, dossier clos',
  },
]

/** What may be answered for somebody: nobody is unreachable who has no phone. */
export const answersFor = ({ householdSize, phones }: Pick<ToReach, 'householdSize' | 'phones'>): SaidChoice[] => [
  stillSearching,
  ...(householdSize > 1 ? endsOfHousehold : ends),
  ...(phones.length > 0 ? [unreachable] : []),
]

/** Which part of the list a campaign asked. */
export function partInWords({
  part,
  municipalityName,
}: Pick<RevalidationCampaign, 'part' | 'municipalityName'>): string {
  const said = [
    municipalityName ?? part.municipality,
    part.band,
    part.registeredBefore && `inscrites jusqu’au ${dayInWords(part.registeredBefore)}`,
  ].filter(Boolean)
  return said.length > 0 ? said.join(', ') : 'Toute la liste'
}

/** The figures of an asking, those that are nought left out but for the first ones. */
export function progressInWords(progress: RevalidationProgress): { label: string; count: number; always?: boolean }[] {
  const answered = progress.stillSearching + progress.found + progress.noLongerWanted
  return [
    { label: 'demandées', count: progress.asked, always: true },
    { label: 'ont répondu', count: answered, always: true },
    { label: 'cherchent toujours', count: progress.stillSearching, always: true },
    { label: 'ont trouvé', count: progress.found },
    { label: 'ne souhaitent plus', count: progress.noLongerWanted },
    { label: 'sans réponse encore', count: progress.waiting, always: true },
    { label: 'à joindre', count: progress.toReach, always: true },
    { label: 'messages revenus', count: progress.bounced },
    { label: 'en dernier délai', count: progress.grace },
    { label: 'closes sans nouvelles', count: progress.closed },
    { label: 'pourvues ou closes entre-temps', count: progress.ended },
  ].filter(({ count, always }) => always || count > 0)
}

/** Whom a campaign would ask, in one sentence. */
export function previewInWords({ total, byChannel, alreadyAsked, most }: CampaignPreview): string {
  const ways = [
    byChannel.email > 0 && `${byChannel.email} par e-mail`,
    byChannel.sms > 0 && `${byChannel.sms} par SMS`,
    byChannel.phone > 0 && `${byChannel.phone} à appeler`,
    byChannel.letter > 0 && `${byChannel.letter} par courrier`,
  ].filter(Boolean)
  const whom = counted(total, 'demande', 'demandes', 'Aucune demande à interroger')
  const rest =
    alreadyAsked > 0 ? ` ${counted(alreadyAsked, 'autre est déjà interrogée', 'autres sont déjà interrogées')}.` : ''
  const over = total > most ? ` Les ${most} plus prioritaires d’abord.` : ''
  return `${whom}${ways.length > 0 ? `\u00A0: ${ways.join(', ')}` : ''}.${rest}${over}`
}

const lossLabels: Record<ReasonsReport['byLoss'][number]['code'], string> = {
  retired: 'Médecin parti à la retraite',
  moved_away: 'Médecin installé ailleurs',
  patient_moved: 'Emménagement dans le territoire',
  refused: 'Médecin qui ne suit plus la personne',
  deceased: 'Médecin décédé',
  never_had: 'Jamais eu de médecin traitant',
  other: 'Autre motif',
  unknown: 'Non précisé',
}
const channelLabels: Record<ReasonsReport['byChannel'][number]['code'], string> = {
  phone: 'Téléphone',
  counter: 'Accueil',
  professional: 'Professionnel',
  hospital: 'Hôpital',
  import: 'Liste reprise',
  public: 'Demande en ligne',
}
const requesterLabels: Record<ReasonsReport['byRequester'][number]['code'], string> = {
  patient: 'La personne, en ligne',
  guardian: 'Son représentant, en ligne',
  coordinator: 'La coordination',
  practitioner: 'Un praticien',
  secretary: 'Un secrétariat',
  hospital_staff: 'Un service hospitalier',
  requester: 'Un demandeur',
  unknown: 'Non précisé',
}
const exitLabels: Record<ReasonsReport['byExit'][number]['code'], string> = {
  declared: 'Médecin traitant déclaré',
  not_eligible: 'Hors des critères',
  duplicate: 'Doublon',
  redirected_other_cpts: 'Confiée à une autre CPTS',
  no_answer: 'Sans réponse à une question',
  found_elsewhere: 'A trouvé un médecin',
  moved_out: 'A quitté le territoire',
  withdrawn: 'Ne souhaite plus',
  deceased: 'Décès',
  unreachable: 'Injoignable',
  revalidation_failed: 'Demande non reconfirmée',
  followed_not_declared: 'Suivie sans déclaration',
  wants_no_mt: 'Ne veut pas de médecin traitant',
  referred_dac: 'Orientée vers le DAC',
  referred_mas: 'Orientée vers la MAS',
  other: 'Autre (foyer réuni, fiche fusionnée)',
}

/** One table of the report: each line a count over the total of its side. */
export interface ReasonTable {
  readonly title: string
  readonly of: number
  readonly rows: readonly { label: string; count: number }[]
}

/** The report as four tables. */
export function reasonTables(report: ReasonsReport): ReasonTable[] {
  const named = <Code extends string>(rows: readonly { code: Code; count: number }[], labels: Record<Code, string>) =>
    rows.map(({ code, count }) => ({ label: labels[code], count }))
  return [
    { title: 'Entrées\u00A0: pourquoi', of: report.entered, rows: named(report.byLoss, lossLabels) },
    { title: 'Entrées\u00A0: par où', of: report.entered, rows: named(report.byChannel, channelLabels) },
    {
      title: 'Entrées\u00A0: qui a enregistré la demande',
      of: report.entered,
      rows: named(report.byRequester, requesterLabels),
    },
    { title: 'Sorties\u00A0: pourquoi', of: report.left, rows: named(report.byExit, exitLabels) },
  ]
}

/** « 42 % », or nothing where there is nothing to divide by. */
export const share = (count: number, of: number): string => (of > 0 ? `${Math.round((count / of) * 100)}\u00A0%` : '')

/** The report as a spreadsheet opens it in French: counts and totals, and nobody's name. */
export function reasonsCsv(report: ReasonsReport): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const lines = reasonTables(report).flatMap(({ title, of, rows }) =>
    rows.map(({ label, count }) => [report.from, report.to, quoted(title), quoted(label), count, of].join(';')),
  )
  return `\uFEFF${['Du;Au;Tableau;Motif;Nombre;Total', ...lines].join('\r\n')}\r\n`
}
