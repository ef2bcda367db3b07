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
  'partners-to-confirm': {
    label: 'Des fiches de partenaires sont à relire',
    group: 'desk',
    pace: 'quiet',
    values: ['nombre'],
    words: {
      subject: '{{ nombre : fiche de partenaire à relire : fiches de partenaires à relire }}',
      text: 'Dans l’annuaire des partenaires, {{ nombre : fiche n’a pas été relue : fiches n’ont pas été relues }} depuis six mois.\n\nVérifiez avec le partenaire ses contacts et son adresse, puis confirmez que tout est juste.',
      action: 'Voir les fiches',
      short: '{{ nombre : fiche de partenaire à relire : fiches de partenaires à relire }}.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
