import type { ImportRefusal, RefusalCode } from '@maillage/contracts/waiting-list-imports'

/** What is wrong, in which column, and what stood there. */
export type Refusal = { code: RefusalCode; column?: string; value?: string; candidates?: readonly string[] }

/** What was kept although it could not be read as meant: the words went to the notes of the case. */
export type LineWarning = { code: 'kept-as-note' | 'name-order-assumed'; column: string; value: string }

const quoted = ({ value = '' }: Refusal): string => `« ${value} »`
const inColumn = ({ column }: Refusal): string => (column ? ` (colonne « ${column} »)` : '')

const sentences: Readonly<Record<RefusalCode, (refusal: Refusal) => string>> = {
  'missing-name': () => 'Le nom manque.',
  'missing-first-name': () => 'Le prénom manque.',
  'ambiguous-name': (r) =>
    `Le nom et le prénom ne se distinguent pas dans ${quoted(r)} : écrivez le nom en majuscules ou séparez-les par une virgule.`,
  'missing-birth-date': () => 'La date de naissance manque.',
  'age-is-not-a-birth-date': () => 'L’âge ne suffit pas : donnez la date de naissance.',
  'unreadable-date': (r) => `La date ${quoted(r)} est illisible${inColumn(r)} : écrivez-la jj/mm/aaaa.`,
  'impossible-date': (r) => `La date ${quoted(r)} n’existe pas${inColumn(r)}.`,
  'year-only': (r) => `${quoted(r)} ne donne que l’année${inColumn(r)} : écrivez la date jj/mm/aaaa.`,
  'ambiguous-century': (r) =>
    `Le siècle de ${quoted(r)} est incertain${inColumn(r)} : écrivez l’année en quatre chiffres.`,
  'future-date': (r) => `La date ${quoted(r)} est dans le futur${inColumn(r)}.`,
  'too-old': (r) => `La date ${quoted(r)} donne plus de 120 ans${inColumn(r)}.`,
  'missing-municipality': () => 'La commune manque.',
  'unknown-municipality': (r) => `La commune ${quoted(r)} est inconnue : vérifiez le nom et le code postal.`,
  'ambiguous-municipality': ({ candidates = [], ...r }) =>
    `Plusieurs communes répondent à ${quoted(r)}${candidates.length > 0 ? ` (${candidates.join(', ')})` : ''} : précisez le nom ou le code postal.`,
  'too-long': (r) => `Le texte est trop long${inColumn(r)}.`,
  'consent-refused': (r) => `La personne n’a pas donné son accord${inColumn(r)} : sa demande n’est pas reprise.`,
  'not-accepted': (r) => `La demande n’a pas pu être ouverte (${r.value ?? 'refus'}).`,
}

/** The sentence that a coordinator reads beside a refused line. */
export function refusalSentence(refusal: Refusal): string {
  return sentences[refusal.code](refusal)
}

/** Why a line is refused, with what stood in the file: for the person who gave it. */
export const describeRefusal = ({ code, column, value, candidates }: Refusal): ImportRefusal => ({
  code,
  column: column ?? null,
  value: value ?? null,
  candidates: [...(candidates ?? [])],
})
