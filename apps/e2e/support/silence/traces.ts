import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Where journeys note what they leave, for the search at the end; undefined where nobody will search. */
const folder = (): string | undefined => process.env.MAILLAGE_E2E_TRACES

const names = 'names.txt'
const browser = 'browser.jsonl'

/** What was left somewhere: the place, and the text as it stands there. */
export interface Trace {
  readonly place: string
  readonly text: string
}

function add(file: string, line: string): void {
  const into = folder()
  if (into) appendFileSync(path.join(into, file), `${line}\n`)
}

/** A word that may stand nowhere but on the screen and in the database: a family name, a phone, a token. */
export function keepSecret(word: string): void {
  add(names, word)
}

/** What a browser left or sent, in one line. */
export function keepTrace(place: string, text: string): void {
  add(browser, JSON.stringify({ place, text }))
}

const linesOf = (file: string): string[] => {
  const from = path.join(folder() ?? '', file)
  return folder() && existsSync(from) ? readFileSync(from, 'utf8').split('\n').filter(Boolean) : []
}

/** All that was noted so far. */
export const keptSecrets = (): string[] => [...new Set(linesOf(names))]
export const keptTraces = (): Trace[] => linesOf(browser).map((line) => JSON.parse(line))
