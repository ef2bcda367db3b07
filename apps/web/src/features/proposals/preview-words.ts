import { NeedType } from '@maillage/contracts/discharge-needs'
import type { OwnProposal, ProposalPreview } from '@maillage/contracts/proposals'
import { needLabels } from '../../kernel/words/need-words.ts'
import { personWord } from '../../kernel/words/patient-words.ts'
import type { DefinitionRow } from '../../ui/DefinitionRows.vue'
import { exactInWords, momentInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'

const NBSP = '\u00A0'

const markWords: Readonly<Record<string, string>> = {
  'long-term-condition': 'ALD',
  homebound: 'ne se déplace pas',
  'pregnancy-or-infant': 'grossesse ou nourrisson',
  'same-day': 'le jour même',
  'within-24h': `sous 24${NBSP}h`,
  'within-48h': `sous 48${NBSP}h`,
  tele: 'à distance',
  'cannot-travel': 'ne se déplace pas',
  vital: 'vital',
  'prescription-missing': 'ordonnance à joindre',
  'prado-surgery': 'Prado chirurgie',
  'prado-heart-failure': 'Prado insuffisance cardiaque',
  'prado-copd': 'Prado BPCO',
  'prado-stroke': 'Prado AVC',
  'prado-elderly': 'Prado personnes âgées',
  'prado-maternity': 'Prado maternité',
}

/** One coded mark of the preview, as a chip says it. Unknown codes are not shown. */
function markInWords(mark: string, { sex }: Pick<ProposalPreview, 'sex'>): string | undefined {
  if (mark === 'lives-alone')
    return { female: 'vit seule', male: 'vit seul', unknown: 'sans personne à la maison' }[sex]
  const treatment = /^treatment-(\d+)-days$/.exec(mark)?.[1]
  if (treatment) return `${counted(Number(treatment), 'jour', 'jours')} de traitement`
  const gir = /^gir-([1-6])$/.exec(mark)?.[1]
  return gir ? `GIR${NBSP}${gir}` : markWords[mark]
}

/** The chips of a card: what qualifies the need, and the visit at home. */
export function marksInWords(preview: ProposalPreview): string[] {
  const words = preview.marks.map((mark) => markInWords(mark, preview)).filter((one) => one !== undefined)
  return preview.homeVisit ? [...words, 'visite à domicile'] : words
}

const bandInWords = (ageBand: string): string =>
  ageBand.endsWith('+') ? `${ageBand.slice(0, -1)}${NBSP}ans et plus` : `${ageBand}${NBSP}ans`

/** « Femme, 80–84 ans ». */
export function personInWords({ sex, ageBand }: Pick<ProposalPreview, 'sex' | 'ageBand'>): string {
  const band = bandInWords(ageBand)
  return `${personWord(sex)}, ${band}`
}

/** « Sommières, 1,2 km »; the commune alone when the distance is unknown: it is measured between communes. */
export function placeInWords({
  municipality,
  distanceKm,
}: Pick<ProposalPreview, 'municipality' | 'distanceKm'>): string {
  if (distanceKm === null) return municipality
  if (distanceKm === 0) return `${municipality}, votre commune`
  return `${municipality}, ${distanceKm.toLocaleString('fr-FR', { maximumFractionDigits: 1 })}${NBSP}km`
}

/** What is asked, in one line. */
export function needInWords({ kind, preview }: Pick<OwnProposal, 'kind' | 'preview'>): string {
  if (kind === 'gp-search') return 'Cherche un médecin traitant'
  if (kind === 'unscheduled-care') return preview.homeVisit ? 'À voir à domicile' : 'À voir'
  const type = NeedType.safeParse(preview.need)
  return type.success ? needLabels[type.data] : 'Un besoin à la sortie'
}

/** The rows of the page: everything that may be said before acceptance, and nothing else. */
export function previewRows({ preview }: Pick<OwnProposal, 'preview'>, now: Date): DefinitionRow[] {
  const rows: DefinitionRow[] = [
    {
      key: 'move',
      term: 'Déplacement',
      value: preview.homeVisit ? 'Visite à domicile' : 'Au cabinet',
    },
  ]
  const marks = preview.marks.map((mark) => markInWords(mark, preview)).filter((one) => one !== undefined)
  if (marks.length > 0) rows.push({ key: 'marks', term: 'À savoir', value: capital(marks.join(', ')) })
  if (preview.householdSize > 1) {
    rows.push({ key: 'household', term: `Foyer de ${preview.householdSize}`, value: householdInWords(preview) })
  }
  if (preview.wantedFrom) {
    rows.push({ key: 'from', term: 'À partir de', value: momentInWords(new Date(preview.wantedFrom), now) })
  }
  if (preview.wantedBefore) {
    rows.push({ key: 'before', term: 'Avant', value: exactInWords(new Date(preview.wantedBefore)) })
  }
  return rows
}

/** « 80–84 ans, 45–49 ans et 10–14 ans »: an age band each, and no name. */
const bandWords = new Intl.ListFormat('fr-FR', { type: 'conjunction' })
const householdInWords = ({ householdAgeBands, householdSize }: OwnProposal['preview']): string =>
  householdAgeBands.length > 0
    ? bandWords.format(householdAgeBands.map(bandInWords))
    : counted(householdSize, 'personne', 'personnes')

const capital = (words: string): string => words.charAt(0).toLocaleUpperCase('fr-FR') + words.slice(1)

/** « Prend 1 de vos 3 places »; nothing where no place is counted. */
export function placesInSentence({
  placesTaken,
  placesLeft,
}: Pick<OwnProposal, 'placesTaken' | 'placesLeft'>): string | undefined {
  if (placesTaken === 0) return undefined
  if (placesLeft === null) return 'Vous n’avez pas indiqué de places\u00A0: aucune n’est décomptée'
  return `Prend ${placesTaken} de vos ${counted(placesLeft, 'place', 'places')}`
}
