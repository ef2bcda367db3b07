import type { VisitGp } from '@maillage/contracts/unscheduled-care'
import type { MoveField } from './move-fields.ts'

const choices: readonly { value: VisitGp; label: string }[] = [
  { value: 'in-directory', label: 'Dans l’annuaire' },
  { value: 'elsewhere', label: 'Ailleurs' },
  { value: 'none', label: 'N’en a pas' },
]

/** To whom what a visit gave should go: told by whoever saw the patient, or by the coordination for them. */
export const gpFields: readonly MoveField[] = [
  { kind: 'choice', name: 'gp', label: 'Son médecin traitant', optional: true, options: choices },
  {
    kind: 'practitioner',
    gps: true,
    name: 'gpId',
    label: 'Médecin traitant',
    hint: 'Il est prévenu qu’un retour l’attend, et pourra lire cette demande.',
    fault: 'Choisissez le médecin dans l’annuaire.',
    when: ({ gp }) => gp === 'in-directory',
  },
  {
    kind: 'text',
    name: 'gpName',
    label: 'Son nom et sa ville',
    hint: 'La coordination lui transmettra le retour.',
    fault: 'Indiquez son nom.',
    when: ({ gp }) => gp === 'elsewhere',
  },
]
