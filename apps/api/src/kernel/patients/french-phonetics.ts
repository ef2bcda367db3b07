import { foldName } from '@maillage/contracts/kit/identifiers'

/**
 * What is heard of a French name, written with few signs: « Lefebvre » and « Lefèvre », « Gauthier » and « Gothié » give
 * the same. Our own small rules, in the spirit of Soundex FR and Phonex: no open-licence library for French names is
 * maintained today (docs/adr/2026-11-22-phonetique-des-noms.md). Applied in this order; a digit stands for a sound that
 * no single letter writes: 1 « in », 2 « an », 3 « on », 4 « ch », 5 « gn ».
 */
const rules: readonly (readonly [RegExp, string])[] = [
  // Written and not said.
  [/feb[uv]?r(?=e)/g, 'fevr'],
  [/bv/g, 'v'],
  [/(?<=[aeiouy])ul(?=t)/g, 'u'],
  [/(?<=d)uchesne/g, 'uchene'],
  [/mn(?=e)/g, 'n'],
  [/^(?:mac|mc)(?=[^aeiouy])/g, 'mak'],
  // Consonants in several letters.
  [/sch|sh/g, '4'],
  [/chr/g, 'kr'],
  [/ch(?=l)/g, 'k'],
  [/ch/g, '4'],
  [/ph/g, 'f'],
  [/gn/g, '5'],
  [/th/g, 't'],
  [/rh/g, 'r'],
  [/c?qu?/g, 'k'],
  [/ck/g, 'k'],
  [/gu(?=[eiy])/g, 'g'],
  [/g(?=[eiy])/g, 'j'],
  [/ge(?=[ao])/g, 'j'],
  [/s?c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/w/g, 'v'],
  [/x$/g, ''],
  [/x/g, 'ks'],
  [/(?<=[aeiouy])s(?=[aeiouy])/g, 'z'],
  [/h/g, ''],
  // Nasal vowels, before a consonant or at the end.
  [/(?:[ae]in|[aei]im|yn|ym|in|im|un|um|ein|ien)(?![aeiouymn])/g, '1'],
  [/(?:aen|aon|e?an|am|en|em)(?![aeiouymn])/g, '2'],
  [/(?:on|om)(?![aeiouymn])/g, '3'],
  // Vowels.
  [/eaux?|aul?[dtx]?$|au|ot$|op$|od$|os$/g, 'o'],
  [/oeu|eu|oe/g, 'e'],
  [/ou/g, 'u'],
  [/ai|ei|ay|ey|ae/g, 'e'],
  [/i[el]l?(?=[aeiou])|y/g, 'i'],
  [/(?:er|ez|et|ee|es)$/g, 'e'],
  // What is not heard at the end.
  [/[dtspz]+$/g, ''],
  [/e$/g, ''],
  // Said once, whatever the number of letters.
  [/(.)\1+/g, '$1'],
]

/** The sound of one word, letters and digits; the word itself, folded, when its sound would be nothing. */
function soundOfWord(word: string): string {
  const letters = word.replace(/[^a-z]/g, '')
  if (letters === '') return word
  return rules.reduce((heard, [written, sound]) => heard.replace(written, sound), letters) || letters
}

// « de la Tour », « Tour »: particles are said or left out as people like.
const particles = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'ben', 'el', 'al'])

/** The sounds of a name's words, particles left out unless nothing else is there. */
export function soundsOf(name: string): string[] {
  const words = foldName(name).split(' ').filter(Boolean)
  const meant = words.filter((word) => !particles.has(word))
  return (meant.length > 0 ? meant : words).map(soundOfWord)
}

/** The sound of a whole name, its words in their order: « Jean-Philippe » and « jan filipe » alike. */
export const soundOf = (name: string): string => soundsOf(name).join(' ')
