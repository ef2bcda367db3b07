import type * as z from 'zod'
import type {
  ChangePublicDesk,
  InformationNotices,
  PublicDesk,
  PublishNotice,
} from '../coordination/public-registration.ts'
import type { OperationExamples } from './operation-examples.ts'

const desk = {
  isOpen: true,
  phone: '+33536490021',
  hours: 'du lundi au vendredi, de 9 h à 12 h',
  email: 'droits@cpts.example',
  version: 3,
} as const satisfies z.input<typeof PublicDesk>

const text = `## À quoi servent vos réponses
Elles servent à vous aider à trouver un médecin traitant sur le territoire de la CPTS.

## Vos droits
Écrivez à la coordination pour lire, corriger ou faire effacer ce qui vous concerne. Vous pouvez saisir la CNIL.`

const notices = {
  items: [
    { version: '1', text, publishedAt: '2026-03-02T09:00:00.000Z', publishedBy: 'Claude Administration' },
    { version: 'produit-1', text, publishedAt: null, publishedBy: null },
  ],
} as const satisfies z.input<typeof InformationNotices>

/** What the public pages say of a CPTS. */
export const publicRegistrationExamples = {
  getPublicDesk: { answer: desk },
  putPublicDesk: {
    bodies: { 'a number': { ...desk, version: 2 } satisfies z.input<typeof ChangePublicDesk> },
    answer: desk,
  },
  getInformationNotices: { answer: notices },
  postInformationNotices: {
    bodies: { 'a first text': { text, seen: 0 } satisfies z.input<typeof PublishNotice> },
    answer: notices,
  },
} as const satisfies OperationExamples
