import type { NoticeGroup } from '@maillage/contracts/notifications'

/**
 * When a kind goes: `quiet` waits for the end of quiet hours and for the daily digest; `urgent` goes at once unless the
 * person closed the door to it too; `asked` answers what the very person has just done, and always goes at once.
 */
export type NoticePace = 'quiet' | 'urgent' | 'asked'

/** The words of a message. They tell that something waits and where; never who, nor anything of anybody's health. */
export interface NoticeWords {
  readonly subject: string
  /** Paragraphs, parted by an empty line. The link follows them. */
  readonly text: string
  /** On the button that holds the link. */
  readonly action: string
  /** By text message, before the address. */
  readonly short: string
}

export interface NoticeKindOf {
  /** For whoever chooses, rewords or reads the log. */
  readonly label: string
  readonly group: NoticeGroup
  readonly pace: NoticePace
  /** What its words may quote beside `cpts`: counts and days. */
  readonly values: readonly string[]
  readonly words: NoticeWords
}

/**
 * Every kind of message and its words in French. `{{ cpts }}` is the CPTS's name; `{{ nombre }}` a value of the kind;
 * `{{ nombre : message attend : messages attendent }}` the count with its noun. A slice that tells something new adds
 * its line; a test reads all words for what must never stand in a mailbox.
 */
export const noticeKinds = {
  test: {
    label: 'Message d’essai',
    group: 'account',
    pace: 'asked',
    values: [],
    words: {
      subject: 'Votre message d’essai',
      text: 'Ce message montre que Maillage sait vous écrire.\n\nVous l’avez demandé depuis « Mes notifications ».',
      action: 'Ouvrir mes notifications',
      short: 'Message d’essai de Maillage.',
    },
  },
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
} as const satisfies Record<string, NoticeKindOf>

export type NoticeKind = keyof typeof noticeKinds

/** The definition of a kind; undefined for one that was taken out since. */
export const noticeKindOf = (kind: string): NoticeKindOf | undefined =>
  Object.hasOwn(noticeKinds, kind) ? noticeKinds[kind as NoticeKind] : undefined
