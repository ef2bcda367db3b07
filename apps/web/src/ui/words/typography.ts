const NNBSP = '\u202F'
const NBSP = '\u00A0'

/** French spacing for texts typed by people or sent by the API; the texts of the screens are written with the right spaces. */
export function frenchSpaces(text: string): string {
  return text
    .replace(/ +([;!?])/g, `${NNBSP}$1`)
    .replace(/ +:(?=\s|$)/g, `${NBSP}:`)
    .replace(/«[ \u00A0\u202F]*/g, `«${NBSP}`)
    .replace(/[ \u00A0\u202F]*»/g, `${NBSP}»`)
    .replace(/(\d) (?=(?:km|h|min|j|jours?|mois|ans?|places?|%)(?![\p{L}\d]))/gu, `$1${NBSP}`)
}

/** « 04 65 71 01 42 » from E.164, in pairs that never break across lines. Other countries stay as they are. */
export function phoneInWords(e164: string): string {
  // Overseas departments dial their own prefix abroad, and ten digits at home: +262 262 12 34 56 is 0262 12 34 56.
  const national = /^\+(?:33|262|590|594|596)(\d{9})$/.exec(e164)?.[1]
  return national ? `0${national}`.replace(/(\d{2})(?=\d)/g, `$1${NBSP}`) : e164
}

/** « 2 000 », « 12 »: thousands parted by a space that never breaks. */
export const figure = (count: number): string => count.toLocaleString('fr-FR')

/** « 1 besoin », « 3 besoins », « aucun besoin »: the figure and its noun never part at the end of a line. */
export function counted(count: number, one: string, many: string, none?: string): string {
  if (count === 0 && none !== undefined) return none
  // French keeps the singular up to two, excluded: « 0 place », « 1 place », « 2 places ».
  return `${figure(count)}${NBSP}${Math.abs(count) < 2 ? one : many}`
}

/** Initials for a disc: first and last word, titles aside (« Dr Jean-Luc Courtade » gives JC). */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '' && !/^(?:dr|pr|m|mme|mlle)\.?$/i.test(word))
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase('fr-FR')
}
