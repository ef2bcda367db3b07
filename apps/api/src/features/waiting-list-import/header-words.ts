import { foldName } from '@maillage/contracts/kit/identifiers'
import { type WaitingListField, waitingListFields } from '@maillage/contracts/waiting-list-imports'
import { fieldWords } from './fields.ts'

const listed = (text = ''): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

const phrasesOf = new Map(waitingListFields.map((field) => [field, listed(fieldWords[field].phrases)]))
const excludedBy = new Map(waitingListFields.map((field) => [field, listed(fieldWords[field].not)]))

// Words that carry nothing here: « Nom du patient » is « nom ». « o n » and « oui non » tell the form of the answer.
const silent = new Set([
  'le',
  'la',
  'les',
  'l',
  'de',
  'du',
  'des',
  'd',
  'un',
  'une',
  'en',
  'a',
  'au',
  'aux',
  'et',
  'ou',
  'par',
  'pour',
  'sur',
  'e',
  's',
  'o',
  'n',
  'oui',
  'non',
  'si',
  'que',
  'se',
  'son',
  'sa',
  'ses',
  'est',
  'avez',
  'vous',
  'votre',
  'vos',
  'format',
  'jj',
  'mm',
  'aaaa',
  'obligatoire',
  'y',
])
// A map: in an object, a column called « constructor » would be a word.
const sameWord: ReadonlyMap<string, string> = new Map(
  Object.entries({
    num: 'numero',
    no: 'numero',
    nos: 'numero',
    tels: 'tel',
    phone: 'tel',
    ttt: 'traitement',
    tt: 'traitement',
    trt: 'traitement',
  }),
)

// « Naiss. », « naissce », « téléph. », « adr. »: people cut the longest words of a header.
const stems: readonly (readonly [RegExp, string])[] = [
  [/^nais/, 'naissance'],
  [/^tel/, 'tel'],
  [/^adr/, 'adresse'],
  [/^medecins?$|^med$/, 'medecin'],
  [/^prenoms?$/, 'prenom'],
]
const wholeWord = (word: string): string => sameWord.get(word) ?? stems.find(([stem]) => stem.test(word))?.[1] ?? word

/** The words of a header that say something, in order. */
export function headerWords(header: string): string[] {
  const spaced = header.replace(/n\s?[°º]/gi, ' numero ').replace(/([a-zà-ÿ])([A-Z])/g, '$1 $2')
  const words = foldName(spaced)
    .split(' ')
    .filter((word) => word !== '')
  const said = words.map(wholeWord).filter((word) => !silent.has(word))
  // « Patient » alone is a name; beside another word it says nothing more: « téléphone du patient ».
  const useful = said.filter((word) => !/^(?:patient|patiente|patients|usager|beneficiaire)$/.test(word))
  return useful.length > 0 ? useful : said
}

const isSaid = (words: readonly string[], word: string): boolean =>
  word.endsWith('*') ? words.some((said) => said.startsWith(word.slice(0, -1))) : words.includes(word)

const phraseScore = (words: readonly string[], phrase: string): number => {
  const wanted = phrase.split(' ')
  if (!wanted.every((word) => isSaid(words, word))) return 0
  return 0.5 + 0.5 * Math.min(1, wanted.length / words.length)
}

/** True when a word of the header rules the field out: the phone of a carer is not the patient's. */
export function headerExcludes(header: string, field: WaitingListField): boolean {
  const words = headerWords(header)
  return (excludedBy.get(field) ?? []).some((word) => isSaid(words, word))
}

/** How well a header names a field, from 0 to 1; 1 when every word of the header says it. */
export function headerScore(header: string, field: WaitingListField): number {
  const words = headerWords(header)
  if (words.length === 0 || headerExcludes(header, field)) return 0
  return Math.max(...(phrasesOf.get(field) ?? []).map((phrase) => phraseScore(words, phrase)))
}

/** True when a cell reads like the name of a column of a waiting list. */
export function looksLikeHeader(text: string): boolean {
  if (text.length > 80 || /\d{3}/.test(text)) return false
  return waitingListFields.some((field) => headerScore(text, field) >= 0.7)
}
