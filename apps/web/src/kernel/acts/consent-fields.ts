import type { MoveField } from './move-fields.ts'

/** Who agreed, how and when: asked before anything is shared. */
export const consentFields: readonly MoveField[] = [
  {
    kind: 'choice',
    name: 'consent.channel',
    label: 'Le patient accepte que la CPTS partage ces informations avec les soignants contactés',
    options: [
      { value: 'oral', label: 'De vive voix' },
      { value: 'written', label: 'Par écrit' },
      { value: 'online', label: 'En ligne' },
    ],
  },
  { kind: 'instant', name: 'consent.givenAt', label: 'Recueilli le', initial: 0 },
  { kind: 'text', name: 'consent.informedBy', label: 'Informé par', fault: 'Indiquez qui a informé le patient.' },
]
