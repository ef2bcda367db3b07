import type { Random } from '../../seeds/demo/invent/random.ts'
import { isObject, type Json } from './json.ts'
import { isUuid } from './pool.ts'

/** What an example is made about: what lives in this database, and today. */
export interface Here {
  readonly random: Random
  readonly now: () => Date
  /** A mark in every name that this caller gives, by which it is known again where it should not be. */
  readonly mark: string
  idFor(key: string): string | undefined
  versionFor(key: string): number | undefined
  textFor(key: string): string | undefined
  municipality(): string
}

// The day of the document's examples: what they plan lies a few days after it.
const exampleDay = Date.parse('2026-03-02T12:00:00.000Z')
const instant = /^\d{4}-\d\d-\d\dT/
const wholeDay = /^\d{4}-\d\d-\d\d$/
const names = ['Exemple', 'Modèle', 'Épreuve', 'Éssai-Nœud', 'O’Test', 'Ñuñez-Fictif', 'Müster']

/** An example's body about what exists here: living ids, their versions, days around today, people of its own. */
export function localise(here: Here, value: Json, key = ''): Json {
  if (Array.isArray(value)) {
    const items = value.map((item) => localise(here, item, key))
    return items.filter((item, index) => !isUuid(item) || items.indexOf(item) === index)
  }
  if (isObject(value)) {
    const nameOf = (name: string): string => (name === 'id' ? key : name)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, localise(here, inner, nameOf(name))]))
  }
  if (/version$/i.test(key)) return here.versionFor(key) ?? value
  return typeof value === 'string' ? localiseText(here, value, key) : value
}

function localiseText(here: Here, value: string, key: string): string {
  const { random, now } = here
  const isId: boolean = isUuid(value)
  if (isId) return here.idFor(key) ?? value
  const given = here.textFor(key)
  if (given !== undefined) return given
  if (/^municipalit(y|ies)/.test(key) && /^\d[\dAB]\d{3}$/.test(value)) return here.municipality()
  if (key === 'birthDate') return `19${random.between(20, 99)}-0${random.between(1, 9)}-${random.between(10, 28)}`
  if (/^(birthName|lastName)$/.test(key)) return `${random.pick(names)} ${here.mark}${letters(random)}`
  if (key === 'firstName') return `${random.pick(['Camille', 'Zoë', 'Noé', 'Anaïs'])} ${letters(random)}`
  if (key === 'email') return `personne${random.between(1, 1_000_000)}@essai.example`
  if (instant.test(value)) return shifted(value, now)
  return wholeDay.test(value) && value > '2025-06' ? shifted(`${value}T12:00:00Z`, now).slice(0, 10) : value
}

/** As far from today as the example is from its own; what is no moment stays as it is. */
function shifted(value: string, now: () => Date): string {
  const at = Date.parse(value) + now().getTime() - exampleDay
  return Number.isNaN(at) || at > Date.parse('9998-01-01') ? value : new Date(at).toISOString()
}

const letters = (random: Random): string => Array.from({ length: 5 }, () => random.pick([...'abdeilmnorstu'])).join('')
