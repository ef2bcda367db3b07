import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** National prefixes of overseas France and the calling code that each stands for; the rest of 0X numbers is +33. */
const overseas: readonly (readonly [RegExp, string])[] = [
  // 06 39 98 is the range kept for fiction, in metropolitan France.
  [/^0(262|263|692|693|269|639(?!98))/, '+262'],
  [/^0(590|690|691)/, '+590'],
  [/^0(594|694)/, '+594'],
  [/^0(596|696|697)/, '+596'],
  [/^0508/, '+508'],
]

/** The E.164 form of a number as people type it (`06 12 34 56 78`, `+33…`, `0262 …`), or undefined. */
export function toE164(typed: string): string | undefined {
  const compact = typed.replace(/[\s.\-()/]/g, '')
  const [, code] = overseas.find(([prefix]) => prefix.test(compact)) ?? []
  const number = parsePhoneNumberFromString(code ? `${code}${compact.slice(1)}` : typed, 'FR')
  return number?.isPossible() ? number.number : undefined
}
