import type { GpSearch, GpSearchDetails } from '@maillage/contracts/gp-search'
import { choicesOf, type MoveField } from '../../kernel/acts/move-fields.ts'
import type { CaseNeed } from '../../kernel/editing/case-need.ts'
import { isEnded } from '../../kernel/status-looks.ts'
import { lossLabels } from './gp-search.messages.ts'
import { detailRows } from './gp-search-details.ts'

const situations = {
  hasLongTermCondition: 'En ALD',
  homebound: 'Ne peut pas se déplacer',
  pregnancyOrInfant: 'Grossesse ou enfant de moins de 2 ans',
  livesAlone: 'Vit sans personne à la maison',
  solidarityCover: 'C2S ou AME',
  disabledAdultAllowance: 'AAH ou handicap',
  noCareForAYear: 'Aucun soin depuis un an',
  frequentEmergencyVisits: 'Deux passages aux urgences en six mois',
} as const satisfies Partial<Record<keyof GpSearchDetails, string>>
const comforts = { homeVisit: 'Visites à domicile', accessibility: 'Cabinet accessible' } as const

const keysOf = <Key extends string>(labels: Record<Key, string>): Key[] =>
  // Object.keys loses the keys that the record's type gives.
  Object.keys(labels) as Key[]

function situationFields({ details }: GpSearch): MoveField[] {
  const { previousGp } = details
  const optional = true
  return [
    {
      kind: 'text',
      name: 'freeText',
      label: 'Ce qui est dit',
      long: true,
      full: true,
      optional,
      initial: details.freeText,
    },
    {
      kind: 'choices',
      name: 'situation',
      label: 'Situation',
      full: true,
      optional,
      options: choicesOf(situations),
      initial: keysOf(situations).filter((key) => details[key] === true),
    },
    {
      kind: 'number',
      name: 'treatmentDaysLeft',
      label: 'Jours de traitement restants',
      optional,
      initial: details.treatmentDaysLeft,
    },
    { kind: 'day', name: 'gpLeavingOn', label: 'Son médecin part le', optional, initial: details.gpLeavingOn },
    { kind: 'text', name: 'previousGp', label: 'Son ancien médecin', optional, initial: previousGp?.name },
    {
      kind: 'text',
      name: 'asked',
      label: 'Médecins déjà contactés',
      hint: 'Séparés par des virgules.',
      optional,
      initial: details.doctorsAlreadyContacted?.join(', '),
    },
    {
      kind: 'choice',
      name: 'lossReason',
      label: 'Pourquoi plus de médecin',
      full: true,
      chips: true,
      optional,
      options: choicesOf(lossLabels),
      initial: previousGp?.lossReason,
    },
  ]
}

function wishFields({ details: { preferences: wanted = {} } }: GpSearch): MoveField[] {
  const optional = true
  return [
    { kind: 'number', name: 'maxDistanceKm', label: 'Distance au plus (km)', optional, initial: wanted.maxDistanceKm },
    {
      kind: 'text',
      name: 'languages',
      label: 'Langues parlées',
      hint: 'Séparées par des virgules.',
      optional,
      initial: wanted.languages?.join(', '),
    },
    {
      kind: 'choice',
      name: 'gender',
      label: 'Médecin',
      optional,
      options: [
        { value: 'any', label: 'Indifférent' },
        { value: 'female', label: 'Femme' },
        { value: 'male', label: 'Homme' },
      ],
      initial: wanted.gender ?? 'any',
    },
    {
      kind: 'choices',
      name: 'comforts',
      label: 'Souhaite',
      optional,
      options: choicesOf(comforts),
      initial: keysOf(comforts).filter((key) => wanted[key] === true),
    },
  ]
}

type Filled = Readonly<Record<string, unknown>>

const listIn = (typed: unknown): string[] | undefined => {
  const words = typeof typed === 'string' ? typed.split(/[,;\n]/).map((word) => word.trim()) : []
  const said = words.filter(Boolean)
  return said.length > 0 ? said : undefined
}
const ticked = (codes: unknown, code: string): true | undefined =>
  Array.isArray(codes) && codes.includes(code) ? true : undefined

/** The details to send: a box left empty is a question that was not asked; the day of a discharge stays as it was. */
function detailsOf(filled: Filled, { dischargedOn }: GpSearchDetails): Record<string, unknown> {
  const preferences = {
    maxDistanceKm: filled.maxDistanceKm,
    languages: listIn(filled.languages),
    gender: filled.gender === 'any' ? undefined : filled.gender,
    ...Object.fromEntries(keysOf(comforts).map((key) => [key, ticked(filled.comforts, key)])),
  }
  return {
    dischargedOn,
    freeText: filled.freeText,
    ...Object.fromEntries(keysOf(situations).map((key) => [key, ticked(filled.situation, key)])),
    treatmentDaysLeft: filled.treatmentDaysLeft,
    gpLeavingOn: filled.gpLeavingOn,
    // The name alone says too little: the reason is asked with it.
    previousGp: filled.lossReason && { name: filled.previousGp, lossReason: filled.lossReason },
    doctorsAlreadyContacted: listIn(filled.asked),
    preferences: Object.values(preferences).some((one) => one !== undefined) ? preferences : undefined,
  }
}

/** What a search asks for: how it reads, and how it is edited. */
export const gpSearchNeed = (search: GpSearch): CaseNeed => ({
  text: search.details.freeText,
  rows: detailRows(search),
  editable: !isEnded(search.kind, search.status),
  editing: {
    spec: {
      label: 'Modifier la demande',
      confirm: 'Enregistrer',
      explain: 'La priorité est recalculée avec ce que vous enregistrez.',
      wide: true,
      fields: [...situationFields(search), ...wishFields(search)],
    },
    detailsOf: (filled) => detailsOf(filled, search.details),
  },
})
