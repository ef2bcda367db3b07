import type { NoticeKindOf } from '../notice-kind.ts'

/** What the coordination is told. */
export const deskNotices = {
  'proposal-answered': {
    label: 'Une réponse est arrivée',
    group: 'answers',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Une réponse est arrivée à l’une de vos propositions',
      text: 'L’un de vos dossiers a reçu une réponse.',
      action: 'Ouvrir Maillage',
      short: 'Une réponse est arrivée à l’une de vos propositions.',
    },
  },
  'none-live': {
    label: 'Plus personne ne doit répondre',
    group: 'desk',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Un dossier n’attend plus de réponse de personne',
      text: 'Toutes les propositions d’un de vos dossiers ont reçu une réponse, sans acceptation, ou sont arrivées au bout de leur délai.\n\nIl attend que vous le proposiez à d’autres.',
      action: 'Ouvrir Maillage',
      short: 'Un dossier attend que vous le proposiez à d’autres.',
    },
  },
  'unread-cases': {
    label: 'Des demandes urgentes que personne n’a ouvertes',
    group: 'alerts',
    pace: 'urgent',
    values: ['nombre'],
    words: {
      subject: '{{ nombre : demande urgente attend d’être lue : demandes urgentes attendent d’être lues }}',
      text: '{{ nombre : demande urgente attend d’être lue : demandes urgentes attendent d’être lues }}.\n\nCe message part quand personne de la coordination n’a ouvert une demande urgente à temps. Il n’est envoyé qu’une fois par demande.',
      action: 'Ouvrir Maillage',
      short: '{{ nombre : demande urgente attend d’être lue : demandes urgentes attendent d’être lues }}.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
