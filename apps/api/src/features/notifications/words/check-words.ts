import type { NoticeKindOf, NoticeWords } from '../../../kernel/notices/notice-kind.ts'
import { forbiddenWordIn } from './forbidden-words.ts'
import { placeholderFaults, type WordFault } from './placeholders.ts'

/** A fault in one of the four parts of a message's words. */
export interface PartFault extends WordFault {
  readonly part: keyof NoticeWords
}

const parts = ['subject', 'text', 'action', 'short'] as const
// The link of the message is the only one: another would lead who knows where.
const address = /https?:|www\.|\S@\S/i

/** What may quote a value of the kind, in all its words. */
export const placeholdersOf = ({ values }: Pick<NoticeKindOf, 'values'>): string[] => ['cpts', ...values]

/**
 * What stands in the way of these words: an unknown or broken placeholder, a word of health, an address. A message that
 * passes can still say too much in other words; whoever rewords it sees how it will look.
 */
export function faultsIn(kind: Pick<NoticeKindOf, 'values'>, words: NoticeWords): PartFault[] {
  return parts.flatMap((part) => faultsOf(kind, part, words[part]).map((fault) => ({ ...fault, part })))
}

function faultsOf(kind: Pick<NoticeKindOf, 'values'>, part: keyof NoticeWords, words: string): WordFault[] {
  const forbidden = forbiddenWordIn(words)
  const stray = address.exec(words)
  return [
    ...placeholderFaults(words, placeholdersOf(kind)),
    ...(forbidden ? [{ code: 'forbidden-word', what: forbidden } as const] : []),
    ...(stray ? [{ code: 'address', what: stray[0] } as const] : []),
    ...(part !== 'text' && /[\r\n]/.test(words) ? [{ code: 'several-lines', what: part } as const] : []),
  ]
}
