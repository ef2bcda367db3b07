import type { GpSearch, GpSearchDetails } from '@maillage/contracts/gp-search'
import type { DefinitionRow } from '../../ui/DefinitionRows.vue'
import { dayInWords, exactInWords } from '../../ui/words/dates.ts'
import { counted } from '../../ui/words/typography.ts'
import { lossLabels, missingLabels } from './gp-search.messages.ts'

const facts: readonly [keyof GpSearchDetails, string][] = [
  ['hasLongTermCondition', 'affection de longue durée'],
  ['homebound', 'ne peut pas se déplacer'],
  ['livesAlone', 'isolement'],
  ['pregnancyOrInfant', 'grossesse ou enfant de moins de 2 ans'],
  ['noCareForAYear', 'sans soins depuis un an'],
  ['frequentEmergencyVisits', 'passages répétés aux urgences'],
  ['disabledAdultAllowance', 'AAH'],
  ['solidarityCover', 'complémentaire santé solidaire ou AME'],
]

const sentence = (parts: readonly (string | false | undefined)[]): string => {
  const said = parts.filter((part) => typeof part === 'string').join(', ')
  return said.charAt(0).toLocaleUpperCase('fr-FR') + said.slice(1)
}

function previousGp({ previousGp: gp, gpLeavingOn }: GpSearchDetails): string {
  return sentence([gp?.name, gp && lossLabels[gp.lossReason], gpLeavingOn && `part le ${dayInWords(gpLeavingOn)}`])
}

function wishes({ preferences: wanted }: GpSearchDetails): string {
  return sentence([
    wanted?.maxDistanceKm !== undefined && `à moins de ${wanted.maxDistanceKm}\u00A0km`,
    wanted?.homeVisit === true && 'visite à domicile',
    wanted?.accessibility === true && 'cabinet accessible',
    wanted?.gender && (wanted.gender === 'female' ? 'une femme' : 'un homme'),
    wanted?.languages && wanted.languages.length > 0 && `parle ${wanted.languages.join(', ')}`,
  ])
}

const moment = (at: string | null): string | undefined => (at ? exactInWords(new Date(at)) : undefined)

/** What is known of a search, as rows; what concerns only a later step appears with it. */
export function detailRows(search: GpSearch): DefinitionRow[] {
  const { details } = search
  const left = details.treatmentDaysLeft
  const always = [
    {
      key: 'situation',
      term: 'Situation',
      value: sentence(facts.map(([key, words]) => details[key] === true && words)),
    },
    {
      key: 'treatment',
      term: 'Traitement',
      value: left === undefined ? '' : `reste ${counted(left, 'jour', 'jours')}`,
    },
    { key: 'previous', term: 'Médecin d’avant', value: previousGp(details) },
    { key: 'asked', term: 'Déjà sollicités', value: details.doctorsAlreadyContacted?.join(', ') },
    { key: 'wishes', term: 'Souhaite', value: wishes(details) },
  ]
  const later = [
    { key: 'missing', term: 'Infos attendues', value: search.missing.map((one) => missingLabels[one]).join(', ') },
    { key: 'household', term: 'Foyer', value: search.household.map(({ displayName }) => displayName).join(', ') },
    { key: 'resume', term: 'Reprise', value: moment(search.resumeAt) },
    { key: 'matched', term: 'Médecin trouvé', value: search.matchedWith?.displayName },
    { key: 'told', term: 'Patient prévenu', value: moment(search.toldAt) },
    { key: 'visit', term: 'Premier RDV', value: moment(search.visitAt) },
    { key: 'noshow', term: 'Absences', value: search.noShows > 0 ? String(search.noShows) : '' },
    { key: 'declared', term: 'Déclaré', value: search.declaredAt ? dayInWords(search.declaredAt) : '' },
  ]
  return [...always, ...later.filter(({ value }) => value)]
}
