import type { Answers } from '../public-registration.table.ts'
import { dayParts, type Fault, type Field, type Section } from './field.ts'

const dayLabels = { Day: 'Jour', Month: 'Mois', Year: 'Année' } as const
const dayWords = { Day: 'bday-day', Month: 'bday-month', Year: 'bday-year' } as const

/** The element that a fault leads to: the first box of a day, the first of several answers. */
function anchorOf({ name, kind }: Field): string {
  if (kind === 'day') return `${name}Day`
  return kind === 'choice' ? `${name}-0` : name
}

const inputType = { email: 'email', tel: 'tel' } as const

function drawnField(field: Field, answers: Answers, fault: string | undefined) {
  const { name, kind, options = [] } = field
  const value = answers[name] ?? ''
  return {
    ...field,
    id: anchorOf(field),
    value,
    fault,
    type: kind === 'email' || kind === 'tel' ? inputType[kind] : 'text',
    isChecked: value === 'yes',
    describedBy: [field.hint ? `${name}-hint` : '', fault ? `${name}-fault` : ''].filter(Boolean).join(' '),
    options: options.map((option, at) => ({ ...option, id: `${name}-${at}`, isChecked: option.value === value })),
    days: dayParts.map((part) => ({
      name: `${name}${part}`,
      label: dayLabels[part],
      autocomplete: dayWords[part],
      value: answers[`${name}${part}`] ?? '',
      most: part === 'Year' ? 4 : 2,
    })),
  }
}

/** Questions with what was answered and what is wrong, ready for the templates. */
export function drawnSections(sections: readonly Section[], answers: Answers, faults: readonly Fault[]) {
  const faultOf = (name: string): string | undefined => faults.find(({ field }) => field === name)?.text
  return sections.map(({ legend, hint, fields }) => ({
    legend,
    hint,
    fields: fields.map((field) => drawnField(field, answers, faultOf(field.name))),
  }))
}

/** The faults with where each leads, for the top of the page. */
export function drawnFaults(sections: readonly Section[], faults: readonly Fault[]) {
  const fields = sections.flatMap((section) => section.fields)
  return faults.map(({ field, text }) => {
    const asked = fields.find(({ name }) => name === field)
    return { id: asked ? anchorOf(asked) : field, text }
  })
}

function said(field: Field, answers: Answers): string {
  const { kind, name, options = [] } = field
  if (kind === 'day') return dayParts.map((part) => answers[`${name}${part}`] ?? '').join('/')
  const word = (answers[name] ?? '').trim()
  if (kind === 'tick') return word === 'yes' ? 'Oui' : ''
  if (kind === 'choice' || kind === 'select') return options.find(({ value }) => value === word)?.label ?? ''
  return word
}

/** What was answered, question by question, the unanswered left out: to be looked over, or printed. */
export const answersSaid = (sections: readonly Section[], answers: Answers) =>
  sections
    .flatMap(({ fields }) => fields)
    .map((field) => ({ label: field.label, text: said(field, answers) }))
    .filter(({ text }) => text !== '' && text !== '//')
