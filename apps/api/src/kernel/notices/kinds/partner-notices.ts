import type { NoticeKindOf } from '../notice-kind.ts'

/** What the CPTS's agreements with its partners need. */
export const partnerNotices = {
  'agreements-to-renew': {
    label: 'Des conventions arrivent à échéance',
    group: 'desk',
    pace: 'quiet',
    values: ['nombre'],
    words: {
      subject: '{{ nombre : convention arrive à échéance : conventions arrivent à échéance }}',
      text: 'Dans l’annuaire des partenaires, {{ nombre : convention arrive à échéance : conventions arrivent à échéance }}.\n\nIl est temps de la relire avec le partenaire : la renouveler, ou y mettre fin.',
      action: 'Voir les conventions',
      short: '{{ nombre : convention arrive à échéance : conventions arrivent à échéance }}.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
