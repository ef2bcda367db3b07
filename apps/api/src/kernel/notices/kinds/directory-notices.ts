import type { NoticeKindOf } from '../notice-kind.ts'

/** What is asked of practitioners about their card of the directory. */
export const directoryNotices = {
  'directory-confirmation': {
    label: 'Votre fiche de l’annuaire est à confirmer',
    group: 'directory',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Votre fiche de l’annuaire est-elle toujours juste ?',
      text: 'Deux fois par an, la {{ cpts }} vous demande de relire votre fiche de l’annuaire.\n\nSi tout est juste, un seul geste suffit.',
      action: 'Relire ma fiche',
      short: 'Votre fiche de l’annuaire est-elle toujours juste ?',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
