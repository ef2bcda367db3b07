import type { GpSearch } from '@maillage/contracts/gp-search'
import type { Choice, MoveField, MoveSpec } from '../../../kernel/acts/move-fields.ts'
import { choicesOf } from '../../../kernel/acts/move-fields.ts'
import { closingLabels, holdLabels } from '../gp-search.messages.ts'

/** One person of a search: whom the file is opened for, then the others. */
export interface Person {
  id: string
  name: string
  birthDate: string
  isSubject: boolean
}

/** Everybody of a search, the person of the file first. */
export function peopleOf({ patient, household }: GpSearch): Person[] {
  const others = household.map(({ patientId, displayName, birthDate }) => ({
    id: String(patientId),
    name: displayName,
    birthDate: String(birthDate),
    isSubject: false,
  }))
  if (!patient) return others
  const { id, firstName, lastName, birthDate } = patient
  return [
    { id: String(id), name: `${firstName} ${lastName}`, birthDate: String(birthDate), isSubject: true },
    ...others,
  ]
}

const nexts: readonly Choice[] = [
  { value: 'search', label: 'Chacune cherche de son côté' },
  { value: 'together', label: 'Elles cherchent ensemble, à part' },
  { value: 'hold', label: 'Leur recherche est mise en pause' },
  { value: 'close', label: 'Leur recherche est close' },
]

/** What is asked when some of a household leave the search of the others. */
export function splitSpec(search: GpSearch, first?: string): MoveSpec {
  const people = peopleOf(search)
  return {
    label: 'Séparer',
    title: 'Séparer des personnes du foyer',
    confirm: 'Séparer',
    explain:
      'Chaque personne garde son ancienneté. Les places prises pour elles sont rendues, et les autres continuent ensemble.',
    fields: [
      {
        kind: 'choices',
        name: 'patientIds',
        label: 'Qui part',
        options: people.map(({ id, name }) => ({ value: id, label: name })),
        ...(first ? { initial: [first] } : {}),
        fault: 'Choisissez au moins une personne, et pas toutes.',
      },
      { kind: 'choice', name: 'next', label: 'Ensuite', options: nexts, initial: 'search' },
      {
        kind: 'choice',
        name: 'holdReason',
        label: 'Motif',
        options: choicesOf(holdLabels),
        when: ({ next }) => next === 'hold',
        fault: 'Choisissez un motif.',
      },
      {
        kind: 'instant',
        name: 'resumeAt',
        label: 'Reprendre le',
        initial: 14 * 24 * 60,
        when: ({ next }) => next === 'hold',
        fault: 'Indiquez une date à venir, dans les 90 jours.',
      },
      {
        kind: 'choice',
        name: 'closeReason',
        label: 'Motif',
        options: choicesOf(closingLabels),
        when: ({ next }) => next === 'close',
        fault: 'Choisissez un motif.',
      },
    ],
  }
}

/** The body of a split, from what the dialog holds. */
export function splitBody(filled: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { patientIds, next, holdReason, resumeAt, closeReason } = filled
  const then: Readonly<Record<string, Record<string, unknown>>> = {
    hold: { next: { action: 'hold', reason: holdReason, resumeAt } },
    close: { next: { action: 'close', reason: closeReason } },
    together: { together: true },
  }
  return { patientIds, ...(typeof next === 'string' ? then[next] : {}) }
}

/** « Tout le foyer », or the person of the file alone: nobody’s search ends without being asked. */
export function scopeField({ patient, householdSize }: GpSearch): MoveField {
  const name = patient ? `${patient.firstName} ${patient.lastName}` : 'La personne du dossier'
  return {
    kind: 'choice',
    name: 'scope',
    label: 'Qui est concerné',
    options: [
      { value: 'patient', label: `${name} seulement, les autres continuent` },
      { value: 'household', label: `Tout le foyer, ${householdSize}\u00A0personnes` },
    ],
    fault: 'Dites qui est concerné.',
  }
}
