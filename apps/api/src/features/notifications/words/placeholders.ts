/** What words may quote: `cpts` and the kind's own values. */
export type WordValues = Readonly<Record<string, string | number>>

// `{{ nombre }}`, or `{{ nombre : message attend : messages attendent }}`: a count with its noun.
const placeholder = /\{\{\s*([a-z]+)\s*(?::([^:{}]+):([^:{}]+))?\}\}/g
const braces = /\{\{|\}\}|\{%|%\}/

/** A fault in words, by its code and what it is about. */
export interface WordFault {
  readonly code: 'unknown-placeholder' | 'broken-placeholder' | 'forbidden-word' | 'address' | 'several-lines'
  readonly what: string
}

/** The placeholders that these words may not use, and braces that make none. */
export function placeholderFaults(words: string, known: readonly string[]): WordFault[] {
  const unknown = [...words.matchAll(placeholder)].map(([, name = '']) => name).filter((name) => !known.includes(name))
  const rest = words.replace(placeholder, '')
  const broken = braces.exec(rest)
  return [
    ...unknown.map((what) => ({ code: 'unknown-placeholder', what }) as const),
    ...(broken ? [{ code: 'broken-placeholder', what: broken[0] } as const] : []),
  ]
}

/** The CPTS as its messages call it, after « la »: names are kept with or without the acronym. */
export const calledCpts = (name: string): string => (/^CPTS\b/i.test(name) ? name : `CPTS ${name}`)

/** The words with their values. In French, none and one are singular. */
export function fillIn(words: string, values: WordValues): string {
  return words.replace(placeholder, (_whole, name: string, one?: string, many?: string) => {
    const value = values[name] ?? ''
    if (one === undefined || many === undefined) return String(value)
    return `${value} ${(Number(value) < 2 ? one : many).trim()}`
  })
}
