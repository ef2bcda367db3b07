import type { NoticeKindOf } from '../notice-kind.ts'

/** What a practitioner is told of what is proposed to them, and of what they accepted. */
export const proposalNotices = {
  'proposal-received': {
    label: 'Une proposition vous est faite',
    group: 'proposals',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Une nouvelle proposition vous attend',
      text: 'La {{ cpts }} vous fait une proposition.\n\nVous pouvez l’accepter ou la décliner en deux gestes.',
      action: 'Voir la proposition',
      short: 'Une nouvelle proposition vous attend.',
    },
  },
  'proposal-received-urgent': {
    label: 'Une proposition attend une réponse le jour même',
    group: 'proposals',
    pace: 'urgent',
    values: [],
    words: {
      subject: 'Une proposition attend votre réponse aujourd’hui',
      text: 'La {{ cpts }} vous fait une proposition, à laquelle il faut répondre rapidement.',
      action: 'Voir la proposition',
      short: 'Une proposition attend votre réponse aujourd’hui.',
    },
  },
  'proposal-reminder': {
    label: 'Rappel : une proposition attend votre réponse',
    group: 'proposals',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Une proposition attend toujours votre réponse',
      text: 'La moitié du délai est passée.\n\nSi vous ne pouvez pas dire oui, décliner rend service : la {{ cpts }} se tourne aussitôt vers quelqu’un d’autre.',
      action: 'Répondre',
      short: 'Une proposition attend toujours votre réponse.',
    },
  },
  'proposal-reminder-urgent': {
    label: 'Rappel : une proposition attend une réponse le jour même',
    group: 'proposals',
    pace: 'urgent',
    values: [],
    words: {
      subject: 'Une proposition attend toujours votre réponse, pour aujourd’hui',
      text: 'La moitié du délai est passée.\n\nSi vous ne pouvez pas dire oui, décliner rend service : la {{ cpts }} se tourne aussitôt vers quelqu’un d’autre.',
      action: 'Répondre',
      short: 'Une proposition attend toujours votre réponse, pour aujourd’hui.',
    },
  },
  'date-moved': {
    label: 'Une date a changé : confirmez que vous venez',
    group: 'proposals',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Une date a changé : venez-vous toujours ?',
      text: 'La date d’une demande que vous avez acceptée a changé.\n\nDites à la {{ cpts }} si vous venez toujours, ou rendez-la.',
      action: 'Voir la nouvelle date',
      short: 'Une date a changé : dites si vous venez toujours.',
    },
  },
  'proposal-withdrawn': {
    label: 'Une proposition n’a plus lieu d’être',
    group: 'proposals',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Une proposition n’attend plus votre réponse',
      text: 'Une proposition de la {{ cpts }} n’a plus lieu d’être. Elle a quitté votre liste.\n\nVous n’avez rien à faire.',
      action: 'Voir mes propositions',
      short: 'Une proposition n’attend plus votre réponse.',
    },
  },
  'acceptance-ended': {
    label: 'Une demande que vous aviez acceptée a pris fin',
    group: 'proposals',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Une demande que vous aviez acceptée a pris fin',
      text: 'Une demande que vous aviez acceptée a pris fin. Elle a quitté votre liste, et les places qu’elle prenait vous sont rendues.\n\nUn rendez-vous était fixé ? Il n’a plus lieu d’être.',
      action: 'Voir mes propositions',
      short: 'Une demande que vous aviez acceptée a pris fin.',
    },
  },
  'acceptance-changed': {
    label: 'Une demande que vous aviez acceptée concerne moins de personnes',
    group: 'proposals',
    pace: 'quiet',
    values: [],
    words: {
      subject: 'Une demande que vous avez acceptée a changé',
      text: 'Une demande que vous avez acceptée concerne moins de personnes qu’avant. Les places en trop vous sont rendues.',
      action: 'Voir ce qui change',
      short: 'Une demande que vous avez acceptée a changé.',
    },
  },
} as const satisfies Record<string, NoticeKindOf>
