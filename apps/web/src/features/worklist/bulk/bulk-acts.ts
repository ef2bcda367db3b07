import type { CaseKindName } from '@maillage/contracts/cases'
import type { WorklistItem } from '@maillage/contracts/worklist'
import { counted } from '../../../ui/words/typography.ts'

export const bulkActs = ['take', 'hand-over', 'propose', 'close'] as const
export type BulkAct = (typeof bulkActs)[number]

export interface Circumstances {
  me: string | undefined
  isOffline: boolean
}

/** One reason to end cases, in the words of each kind that knows it. */
export interface Closing {
  key: string
  label: string
  codes: Partial<Record<CaseKindName, string>>
}

/** What ends several cases at once; the finer reasons are given case by case. */
const closings: readonly Closing[] = [
  {
    key: 'found-elsewhere',
    label: 'Solution trouvée autrement',
    codes: { 'gp-search': 'found_elsewhere', 'unscheduled-care': 'found_elsewhere' },
  },
  {
    key: 'withdrawn',
    label: 'Ne souhaite plus',
    codes: {
      'gp-search': 'withdrawn',
      'unscheduled-care': 'patient_withdrew',
      'hospital-discharge': 'refused_by_patient',
    },
  },
  { key: 'unreachable', label: 'Injoignable', codes: { 'gp-search': 'unreachable' } },
  { key: 'moved-out', label: 'A déménagé', codes: { 'gp-search': 'moved_out' } },
  { key: 'deceased', label: 'Décès', codes: { 'gp-search': 'deceased', 'hospital-discharge': 'deceased' } },
  { key: 'duplicate', label: 'Doublon', codes: { 'gp-search': 'duplicate' } },
  { key: 'error', label: 'Saisie par erreur', codes: { 'unscheduled-care': 'entered_in_error' } },
  { key: 'stay-extended', label: 'Séjour prolongé', codes: { 'hospital-discharge': 'stay_extended' } },
  { key: 'transferred', label: 'Transfert', codes: { 'hospital-discharge': 'transferred' } },
]

/** The reasons that hold for every kind selected. */
export function commonClosings(rows: readonly WorklistItem[]): Closing[] {
  const kinds = [...new Set(rows.map(({ kind }) => kind))]
  return closings.filter(({ codes }) => kinds.every((kind) => codes[kind] !== undefined))
}

const some = (count: number, one: string, several: string): string =>
  `${counted(count, 'dossier', 'dossiers')} ${count > 1 ? several : one}`

/** Why an act cannot be done to all that is selected; undefined when it can. */
export function refusalOf(
  act: BulkAct,
  rows: readonly WorklistItem[],
  { me, isOffline }: Circumstances,
): string | undefined {
  if (isOffline) return 'Hors ligne\u00A0: rien ne peut être envoyé pour le moment.'
  switch (act) {
    case 'take':
      return rows.every(({ ownerId }) => ownerId === me) ? 'Vous en êtes déjà responsable.' : undefined
    case 'hand-over':
      return undefined
    case 'propose': {
      const others = rows.filter(({ kind }) => kind !== 'gp-search').length
      if (others > 0) return 'Seules les recherches de médecin traitant se proposent ensemble.'
      const early = rows.filter(({ status }) => status === 'submitted').length
      if (early > 0) return 'Proposer viendra après le tri.'
      const refused = rows.filter(({ acts }) => !acts.includes('propose')).length
      return refused > 0 ? `${some(refused, 'n’est pas à proposer', 'ne sont pas à proposer')}.` : undefined
    }
    case 'close': {
      const refused = rows.filter(({ acts }) => !acts.includes('close')).length
      if (refused > 0) return `${some(refused, 'ne se clôt pas', 'ne se closent pas')} à cette étape.`
      return commonClosings(rows).length === 0 ? 'Aucun motif ne vaut pour tous ces types de dossier.' : undefined
    }
  }
}

/** What was done, once it is: « 3 dossiers pris en charge ». */
export function doneInWords(act: BulkAct, count: number): string {
  const words: Record<BulkAct, readonly [string, string]> = {
    take: ['pris en charge', 'pris en charge'],
    'hand-over': ['confié', 'confiés'],
    propose: ['proposé', 'proposés'],
    close: ['clos', 'clos'],
  }
  return some(count, ...words[act])
}
