import { toE164 } from '@maillage/contracts/kit/phone-numbers'
import { instantOfParis, parisClock, parisDay } from '../../ui/words/paris-time.ts'
import { phoneInWords } from '../../ui/words/typography.ts'

export interface Choice {
  value: string
  label: string
}
export type Values = Record<string, string | boolean | string[]>

interface FieldBase {
  /** Where the value goes in the body: `reason`, or `consent.givenAt` inside an object. */
  name: string
  label: string
  hint?: string
  optional?: boolean
  /** Shown and sent only then. */
  when?: (values: Values) => boolean
  /** On the whole width of a wide dialog. */
  full?: boolean
  /** Said when it is missing or refused, instead of the words of its kind. */
  fault?: string
}
export type MoveField =
  /** `chips`: as buttons within the thumb's reach, for those who answer on a phone. */
  | (FieldBase & { kind: 'choice'; options: readonly Choice[]; initial?: string; chips?: boolean })
  | (FieldBase & { kind: 'yes-no'; initial?: boolean })
  | (FieldBase & { kind: 'choices'; options: readonly Choice[]; initial?: readonly string[] })
  | (FieldBase & { kind: 'text'; long?: boolean; initial?: string })
  | (FieldBase & { kind: 'phone'; initial?: string })
  | (FieldBase & { kind: 'number'; initial?: number })
  /** `initial` in minutes from now, or an instant; `quick`: the usual moments of a visit in one press. */
  | (FieldBase & { kind: 'instant'; initial?: number | string; quick?: boolean })
  /** `initial`: today, or a day. */
  | (FieldBase & { kind: 'day'; initial?: string })
  | (FieldBase & { kind: 'check' })
  /** Somebody of the directory, found by name: `gps`, among general practitioners alone. */
  | (FieldBase & { kind: 'practitioner'; gps?: boolean })

/** One act as the dialog asks for it. */
export interface MoveSpec {
  /** On the button and in the menu: « Mettre en pause ». */
  label: string
  /** The title of the dialog, when it says more than the label. */
  title?: string
  /** The button of the dialog, when it says more than the label: « Mettre en pause jusqu’à cette date ». */
  confirm?: string
  /** What will happen, above the fields. */
  explain?: string
  icon?: string
  grave?: boolean
  /** Many fields: two columns. */
  wide?: boolean
  fields: readonly MoveField[]
  /** Sent as they are, beside what the fields hold. */
  fixed?: Record<string, unknown>
  /** The field of the body that takes the moment of sending: `toldAt`. */
  stamp?: string
  /** The act that puts it back, with what it requires: offered for ten seconds where the server then allows it. */
  undo?: { action: string; reason?: string }
  /** Said once done: « Dossier mis en pause ». Without it, the page that changes says it. */
  done?: string
}

/** The two answers of a question. */
export const yesNoChoices: readonly Choice[] = [
  { value: 'yes', label: 'Oui' },
  { value: 'no', label: 'Non' },
]

const dayMinutes = 24 * 60

/** In a day or more, the morning of that day: nobody means « 21:57 ». */
function ahead(now: Date, minutes: number): string {
  const then = new Date(now.getTime() + minutes * 60_000)
  return minutes < dayMinutes ? parisClock(then) : `${parisDay(then)}T09:00`
}

const yesOrNo = (known: boolean | undefined): string => {
  if (known === undefined) return ''
  return known ? 'yes' : 'no'
}

function initialOf(field: MoveField, now: Date): Values[string] {
  switch (field.kind) {
    case 'choices':
      return [...(field.initial ?? [])]
    case 'check':
      return false
    case 'choice':
    case 'text':
      return field.initial ?? ''
    case 'phone':
      return field.initial ? phoneInWords(field.initial).replaceAll(/\s/g, ' ') : ''
    case 'number':
      return field.initial === undefined ? '' : String(field.initial)
    case 'instant':
      if (field.initial === undefined) return ''
      if (typeof field.initial === 'string') return parisClock(new Date(field.initial))
      return ahead(now, field.initial)
    case 'day':
      return field.initial === 'today' ? parisDay(now) : (field.initial ?? '')
    case 'practitioner':
      return ''
    case 'yes-no':
      return yesOrNo(field.initial)
  }
}

/** What the fields hold when the dialog opens. */
export function initialValues(spec: MoveSpec, now: Date): Values {
  return Object.fromEntries(spec.fields.map((field) => [field.name, initialOf(field, now)]))
}

/** What a colleague put in a field meanwhile, in the words of the screen. */
export function meanwhile(spec: MoveSpec, name: string, value: Values[string] | undefined): string {
  const field = spec.fields.find((one) => one.name === name)
  const options = field && 'options' in field ? field.options : yesNoChoices
  const codes = Array.isArray(value) ? value : [typeof value === 'string' ? value : '']
  const words = codes.map((code) => options.find((option) => option.value === code)?.label ?? code)
  return words.filter(Boolean).join(', ') || 'rien'
}

/** The fields to show now. */
export const shownFields = (spec: MoveSpec, values: Values): MoveField[] =>
  spec.fields.filter((field) => field.when?.(values) ?? true)

const faults: Record<MoveField['kind'], string> = {
  choice: 'Choisissez une réponse.',
  'yes-no': 'Choisissez une réponse.',
  choices: 'Cochez au moins une case.',
  text: 'Écrivez quelques mots.',
  phone: 'Indiquez un numéro de téléphone complet.',
  instant: 'Indiquez la date et l’heure.',
  day: 'Indiquez la date.',
  number: 'Indiquez un nombre.',
  check: 'Cochez pour confirmer.',
  practitioner: 'Choisissez quelqu’un de l’annuaire.',
}

/** What the API refuses about a field, in the field's own words. */
export const faultOf = (field: MoveField): string => field.fault ?? faults[field.kind]

function numberIn(typed: string): number | null {
  const found = Number(typed.trim().replace(',', '.'))
  return Number.isFinite(found) ? found : null
}

/** The value to send; undefined when nothing was given, null when what was given cannot be read. */
function sentValue(field: MoveField, value: Values[string] | undefined): unknown {
  if (value === undefined || value === '' || value === false) return undefined
  if (Array.isArray(value)) return value.length > 0 ? value : undefined
  if (typeof value === 'boolean') return value
  if (field.kind === 'instant') return instantOfParis(value)?.toISOString() ?? null
  if (field.kind === 'yes-no') return value === 'yes'
  if (field.kind === 'number') return numberIn(value)
  if (field.kind === 'phone') return toE164(value) ?? null
  return value.trim() || undefined
}

function put(body: Record<string, unknown>, path: string, value: unknown): void {
  const [head = '', ...rest] = path.split('.')
  if (rest.length === 0) {
    body[head] = value
    return
  }
  const inner: Record<string, unknown> = { ...(typeof body[head] === 'object' ? body[head] : {}) }
  put(inner, rest.join('.'), value)
  body[head] = inner
}

export interface Filled {
  body: Record<string, unknown>
  /** By the field's name. */
  faults: Record<string, string>
}

/** The body of the act, and what is wrong with it before it is sent. */
export function fill(spec: MoveSpec, values: Values, now: Date): Filled {
  const body: Record<string, unknown> = { ...spec.fixed, ...(spec.stamp && { [spec.stamp]: now.toISOString() }) }
  const wrong: Record<string, string> = {}
  for (const field of shownFields(spec, values)) {
    const value = sentValue(field, values[field.name])
    if (value === null || (value === undefined && !field.optional)) wrong[field.name] = faultOf(field)
    else if (value !== undefined) put(body, field.name, value)
  }
  return { body, faults: wrong }
}

/** The field that a pointer of the API names: `/consent/givenAt` is `consent.givenAt`. */
export const fieldAt = (pointer: string): string => pointer.replace(/^\//, '').replaceAll('/', '.')

/** Choices from a closed list of codes and their French labels. */
export const choicesOf = <Code extends string>(labels: Readonly<Record<Code, string>>): Choice[] =>
  Object.entries<string>(labels).map(([value, label]) => ({ value, label }))
