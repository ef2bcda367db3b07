import type { UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import { professionLabels } from '../../kernel/words/profession-words.ts'
import { outcomeLabels } from '../../kernel/words/slot-words.ts'
import type { DefinitionRow } from '../../ui/DefinitionRows.vue'
import { exactInWords } from '../../ui/words/dates.ts'
import { basisLabels, levelLabels, modeLabels, redFlagLabels } from './unscheduled-care.messages.ts'

const yesNo = (answer: boolean | undefined, yes: string, no: string): string => {
  if (answer === undefined) return ''
  return answer ? yes : no
}

/** Where what the visit gave went, or should go: the coordination carries it where Maillage does not reach. */
function feedbackAddress({ visitFeedback }: UnscheduledCare): Pick<DefinitionRow, 'term' | 'value'> {
  const term = 'Retour adressé à'
  if (!visitFeedback?.seen || visitFeedback.gp === 'none') return { term, value: '' }
  const { gp, gpName } = visitFeedback
  if (gp === 'elsewhere') return { term: 'Retour à transmettre', value: `à ${gpName ?? 'son médecin traitant'}` }
  return { term, value: gpName ?? 'personne\u00A0: le médecin traitant n’a pas été précisé' }
}

/** What is known of a request, as rows; what concerns only a later step appears with it. */
export function detailRows(care: UnscheduledCare): DefinitionRow[] {
  const { details } = care
  const triaged = [
    care.level && levelLabels[care.level],
    care.basis && `selon ${basisLabels[care.basis].toLowerCase()}`,
  ]
  const always = [
    { key: 'since', term: 'Depuis', value: details.since },
    { key: 'caller', term: 'Appelant', value: details.callerName },
    {
      key: 'gp',
      term: 'Médecin traitant',
      value: details.gpName ?? yesNo(details.hasGp, 'oui', 'n’en a pas'),
    },
    {
      key: 'travel',
      term: 'Déplacement',
      value: yesNo(details.canTravel, 'peut se déplacer', 'ne peut pas se déplacer'),
    },
  ]
  const profession = care.profession ?? details.profession
  const later = [
    { key: 'flags', term: 'Signes d’alerte', value: care.redFlags.map((flag) => redFlagLabels[flag]).join(', ') },
    { key: 'level', term: 'Tri', value: triaged.filter(Boolean).join(', ') },
    { key: 'mode', term: 'Où', value: care.mode ? modeLabels[care.mode] : '' },
    { key: 'who', term: 'Qui', value: profession ? professionLabels[profession] : '' },
    { key: 'with', term: 'Rendez-vous avec', value: care.bookedWith?.displayName },
    { key: 'at', term: 'Rendez-vous', value: care.appointmentAt ? exactInWords(new Date(care.appointmentAt)) : '' },
    { key: 'noshow', term: 'Absences', value: care.noShows > 0 ? String(care.noShows) : '' },
    { key: 'outcome', term: 'Suite', value: care.outcome ? outcomeLabels[care.outcome] : '' },
    { key: 'visit-note', term: 'Retour', value: care.visitFeedback?.note ?? '' },
    { key: 'told-gp', ...feedbackAddress(care) },
  ]
  return [...always, ...later.filter(({ value }) => value)]
}
