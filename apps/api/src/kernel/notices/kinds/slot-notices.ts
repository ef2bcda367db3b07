import type { NoticeKindOf } from '../notice-kind.ts'

/** What is told about slots and the visits that they bring. */
export const slotNotices = {
  'slot-booked': {
    label: 'Un de vos créneaux est réservé',
    group: 'slots',
    pace: 'urgent',
    values: [],
    words: {
      subject: 'Un de vos créneaux est réservé',
      text: 'La {{ cpts }} vient de réserver un de vos créneaux.\n\nL’heure et les coordonnées vous attendent dans Maillage.',
      action: 'Voir mes créneaux',
      short: 'Un de vos créneaux vient d’être réservé.',
    },
  },
  'slot-freed': {
    label: 'Un de vos créneaux est de nouveau libre',
    group: 'slots',
    pace: 'urgent',
    values: [],
    words: {
      subject: 'Un de vos créneaux est de nouveau libre',
      text: 'Un rendez-vous pris sur un de vos créneaux est annulé : le créneau est de nouveau libre.',
      action: 'Voir mes créneaux',
      short: 'Un de vos créneaux est de nouveau libre.',
    },
  },
  'visit-told': {
    label: 'Un retour est arrivé sur une de vos demandes',
    group: 'own-requests',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Un retour est arrivé sur une de vos demandes',
      text: 'Un retour vient d’être noté sur une demande que vous avez faite à la {{ cpts }}.',
      action: 'Voir mes demandes',
      short: 'Un retour est arrivé sur une de vos demandes.',
    },
  },
  'visit-told-gp': {
    label: 'Un confrère vous adresse un retour',
    group: 'proposals',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Un retour vous attend',
      text: 'Par la {{ cpts }}, un confrère vous adresse un retour pour une personne que vous suivez.',
      action: 'Le lire dans Maillage',
      short: 'Un retour vous attend dans Maillage.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
