import type { GpSearch, GpSearchAction } from '@maillage/contracts/gp-search'
import { consentFields } from '../../kernel/acts/consent-fields.ts'
import { choicesOf, type MoveField, type MoveSpec } from '../../kernel/acts/move-fields.ts'
import { phoneFields } from '../../kernel/acts/phone-fields.ts'
import { closingLabels, holdLabels, missingLabels, reopenLabels, unmatchLabels } from './gp-search.messages.ts'
import { scopeField } from './household/household-moves.ts'

const note: MoveField = { kind: 'text', name: 'note', label: 'Précision', long: true, optional: true }
const reason = (labels: Readonly<Record<string, string>>): MoveField => ({
  kind: 'choice',
  name: 'reason',
  label: 'Motif',
  options: choicesOf(labels),
  fault: 'Choisissez un motif.',
})

/** Each act of a search as the coordinator's dialog asks for it; the usual next one first. */
export const gpSearchMoves: Record<GpSearchAction, MoveSpec> = {
  submit: {
    label: 'Transmettre la demande',
    done: 'Demande transmise',
    fields: consentFields,
  },
  qualify: {
    label: 'Trier',
    confirm: 'Mettre dans la file',
    explain: 'La demande entre dans la file, à la priorité calculée. Vous pourrez la modifier ensuite, avec un motif.',
    done: 'Demande triée',
    fields: [],
  },
  'provide-info': {
    label: 'Noter les informations reçues',
    done: 'Informations notées',
    fields: [{ ...note, label: 'Ce qui a été dit' }],
  },
  'tell-patient': {
    label: 'Prévenir le patient',
    confirm: 'Noter son accord',
    explain: 'Le patient sait qui va le suivre et l’accepte. S’il refuse, choisissez «\u00A0Rompre l’accord\u00A0».',
    done: 'Accord du patient noté',
    fields: [
      { kind: 'instant', name: 'toldAt', label: 'Prévenu le', initial: 0 },
      { kind: 'check', name: 'agreed', label: 'Il accepte ce médecin', fault: 'Cochez si le patient accepte.' },
    ],
  },
  'book-visit': {
    label: 'Fixer le premier RDV',
    done: 'Premier rendez-vous noté',
    fields: [{ kind: 'instant', name: 'visitAt', label: 'Rendez-vous' }, ...phoneFields],
  },
  declare: {
    label: 'Noter la déclaration',
    explain: 'La recherche est terminée\u00A0: le patient a son médecin traitant.',
    done: 'Déclaration notée',
    fields: [
      { kind: 'day', name: 'declaredAt', label: 'Déclaré le', initial: 'today' },
      {
        kind: 'choice',
        name: 'attestedBy',
        label: 'Qui le dit',
        options: [
          { value: 'practitioner', label: 'Le médecin' },
          { value: 'patient', label: 'Le patient' },
          { value: 'insurer', label: 'L’Assurance maladie' },
        ],
      },
      ...phoneFields,
    ],
  },
  resume: { label: 'Reprendre', done: 'Dossier repris', fields: [] },
  'request-info': {
    label: 'Demander des informations',
    explain: 'Le délai s’arrête jusqu’à la réponse.',
    done: 'Informations demandées',
    fields: [{ kind: 'choices', name: 'missing', label: 'Ce qui manque', options: choicesOf(missingLabels) }, note],
  },
  'record-no-show': { label: 'Noter une absence au RDV', done: 'Absence notée', fields: [note, ...phoneFields] },
  hold: {
    label: 'Mettre en pause',
    explain: 'Les propositions en attente sont retirées. Le dossier revient seul à la date dite.',
    done: 'Dossier mis en pause',
    undo: { action: 'resume' },
    fields: [
      reason(holdLabels),
      {
        kind: 'instant',
        name: 'resumeAt',
        label: 'Reprendre le',
        initial: 14 * 24 * 60,
        hint: 'Dans les 90 jours.',
        fault: 'Indiquez une date à venir, dans les 90 jours.',
      },
    ],
  },
  unmatch: {
    label: 'Rompre l’accord',
    explain: 'La place est rendue au médecin, et le patient garde son ancienneté dans la file.',
    grave: true,
    done: 'Accord rompu, dossier à proposer',
    fields: [reason(unmatchLabels), note],
  },
  close: {
    label: 'Clore le dossier',
    explain: 'Les propositions en attente sont retirées. Le dossier peut être rouvert pendant six mois.',
    grave: true,
    done: 'Dossier clos',
    undo: { action: 'reopen', reason: 'closed_by_mistake' },
    fields: [reason(closingLabels), note],
  },
  reopen: {
    label: 'Rouvrir le dossier',
    explain: 'Le patient retrouve son ancienneté.',
    done: 'Dossier rouvert',
    fields: [reason(reopenLabels), note],
  },
  'withdraw-consent': {
    label: 'Noter un retrait d’accord',
    confirm: 'Noter le retrait',
    explain:
      'Les propositions en attente sont annulées, une acceptation est défaite, et les praticiens en sont prévenus. Le dossier attend un nouvel accord, sans perdre son ancienneté.',
    grave: true,
    done: 'Retrait de l’accord noté',
    fields: [note],
  },
}

const withAgreement: Record<GpSearchAction, MoveSpec> = {
  ...gpSearchMoves,
  'provide-info': {
    ...gpSearchMoves['provide-info'],
    fields: [...consentFields, ...gpSearchMoves['provide-info'].fields],
  },
}

/**
 * The same for one search: where several search together, a pause, a closing or an agreement taken back asks who is
 * meant; where the agreement is what was missing, it is written down with the answer.
 */
export function movesOf(search: GpSearch): Record<GpSearchAction, MoveSpec> {
  const own = search.missing.includes('consent') && !search.consent ? withAgreement : gpSearchMoves
  if (search.householdSize < 2) return own
  const asked = (spec: MoveSpec): MoveSpec => ({ ...spec, fields: [scopeField(search), ...spec.fields] })
  const { hold, close, 'withdraw-consent': withdraw } = own
  return { ...own, hold: asked(hold), close: asked(close), 'withdraw-consent': asked(withdraw) }
}
