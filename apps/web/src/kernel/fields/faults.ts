import type { FieldProblem } from '@maillage/contracts/kit/problems'
import type * as z from 'zod'

/** One thing to mend: where it is in the body that would be sent, and what to do about it. */
export interface Fault {
  pointer: string
  text: string
}

/** A form's own sentences, by JSON Pointer; `*` stands for the index of a list. */
export type FaultWords = Readonly<Record<string, string>>

const fallback = 'Ce champ manque, ou n’est pas rempli comme attendu.'
const general = (pointer: string): string => pointer.replace(/\/\d+(?=\/|$)/g, '/*')

/** A code of the API that says more than the field alone: a date gone by, a name that nobody knows. */
const codeWords: Readonly<Record<string, string>> = {
  past: 'Indiquez une date à venir.',
  future: 'Indiquez une date passée.',
  'out-of-range': 'Indiquez une date possible.',
  'before-start': 'La fin vient avant le début.',
  'before-earliest': 'La date au plus tard vient avant la date au plus tôt.',
  'before-request': 'Indiquez une date après celle de la demande.',
  'not-covered': 'Aucune CPTS de ce service ne couvre cette commune.',
  'invalid-character': 'Ce texte contient un caractère qui ne peut pas être enregistré. Saisissez-le de nouveau.',
}

function worded(problems: readonly { pointer: string; code: string }[], words: FaultWords): Fault[] {
  const seen = new Set<string>()
  return problems.flatMap(({ pointer, code }) => {
    if (seen.has(pointer)) return []
    seen.add(pointer)
    const text = codeWords[code] ?? words[pointer] ?? words[general(pointer)] ?? fallback
    return [{ pointer, text }]
  })
}

const pointerOf = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part)}`).join('')

// A union says only that no branch fits: the faults are those of the branch that came nearest.
function issuesOf(issue: z.core.$ZodIssue, base: readonly PropertyKey[] = []): { pointer: string; code: string }[] {
  const path = [...base, ...issue.path]
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = [...issue.errors].sort((a, b) => Number(unknownKeys(a)) - Number(unknownKeys(b)))[0] ?? []
    return nearest.flatMap((one) => issuesOf(one, path))
  }
  return [{ pointer: pointerOf(path), code: issue.code }]
}

const unknownKeys = (issues: readonly z.core.$ZodIssue[]): boolean =>
  issues.some((issue) => issue.code === 'unrecognized_keys')

/** What the contract finds wrong before anything is sent. */
export const faultsOfContract = (error: z.ZodError, words: FaultWords): Fault[] =>
  worded(
    error.issues.flatMap((issue) => issuesOf(issue)),
    words,
  )

/** What the API found wrong, beside the fields that it names. */
export const faultsOfAnswer = (errors: readonly FieldProblem[], words: FaultWords): Fault[] => worded(errors, words)

/** The sentence of a field, if it has a fault. */
export const faultAt = (faults: readonly Fault[], pointer: string): string | undefined =>
  faults.find((fault) => fault.pointer === pointer)?.text
