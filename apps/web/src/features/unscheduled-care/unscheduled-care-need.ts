import type { Profession } from '@maillage/contracts/professions'
import type { UnscheduledCare } from '@maillage/contracts/unscheduled-care'
import type { MoveField } from '../../kernel/acts/move-fields.ts'
import type { CaseNeed } from '../../kernel/editing/case-need.ts'
import { isEnded } from '../../kernel/status-looks.ts'
import { professionLabels } from '../../kernel/words/profession-words.ts'
import { detailRows } from './unscheduled-care-details.ts'

const asked: readonly Profession[] = ['physician', 'nurse', 'physiotherapist', 'midwife', 'dentist']

function needFields({ details, profession }: UnscheduledCare): MoveField[] {
  const optional = true
  const wanted = details.profession ?? profession ?? undefined
  const offered = wanted && !asked.includes(wanted) ? [...asked, wanted] : asked
  return [
    {
      kind: 'text',
      name: 'reason',
      label: 'Dit par l’appelant',
      long: true,
      full: true,
      initial: details.reason,
      fault: 'Indiquez le motif.',
    },
    { kind: 'text', name: 'since', label: 'Depuis quand', optional, initial: details.since },
    { kind: 'text', name: 'callerName', label: 'Appelant', optional, initial: details.callerName },
    { kind: 'yes-no', name: 'canTravel', label: 'Peut se déplacer', optional, initial: details.canTravel },
    { kind: 'yes-no', name: 'hasGp', label: 'A un médecin traitant', optional, initial: details.hasGp },
    {
      kind: 'text',
      name: 'gpName',
      label: 'Son médecin traitant',
      optional,
      initial: details.gpName,
      when: ({ hasGp }) => hasGp === 'yes',
    },
    {
      kind: 'choice',
      name: 'profession',
      label: 'Profession demandée',
      full: true,
      chips: true,
      optional,
      options: offered.map((value) => ({ value, label: professionLabels[value] })),
      initial: wanted,
    },
  ]
}

/** What a request asks for: how it reads, and how it is edited. */
export const unscheduledCareNeed = (care: UnscheduledCare): CaseNeed => ({
  text: care.details.reason,
  rows: detailRows(care),
  editable: !isEnded(care.kind, care.status),
  editing: {
    spec: { label: 'Modifier la demande', confirm: 'Enregistrer', wide: true, fields: needFields(care) },
    detailsOf: (filled) => filled,
  },
})
