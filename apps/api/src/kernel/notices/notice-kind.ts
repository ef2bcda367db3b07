import type { NoticeGroup } from '@maillage/contracts/notifications/notices'

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
  /** Goes by MSSanté and by nothing else, to the address that is given. */
  readonly isSecure?: true
  /** What its words may quote beside `cpts`: counts and days. */
  readonly values: readonly string[]
  readonly words: NoticeWords
}
