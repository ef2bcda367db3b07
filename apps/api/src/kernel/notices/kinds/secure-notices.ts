import type { NoticeKindOf } from '../notice-kind.ts'

/** What goes by MSSanté, with a file. The words themselves say nothing more than the others: the file does. */
export const secureNotices = {
  'call-sheet': {
    label: 'La fiche d’appel, par MSSanté',
    group: 'proposals',
    pace: 'asked',
    isSecure: true,
    values: [],
    words: {
      subject: 'Une fiche d’appel vous est adressée',
      text: 'La {{ cpts }} vous adresse la fiche d’appel d’une demande que vous avez acceptée. Elle est jointe à ce message.\n\nGardez-la dans votre dossier, ou détruisez-la après usage.',
      action: 'Ouvrir Maillage',
      short: 'Une fiche d’appel vous est adressée.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
