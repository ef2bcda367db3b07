import type { CaseKindName } from '@maillage/contracts/cases'
import { statusLook } from '../../kernel/status-looks.ts'
import type { ColumnKey, Due, FilterKey, OwnerWord, Sort } from './filters/worklist-filters.ts'

export const tabs: readonly { kind: CaseKindName | undefined; label: string; short: string }[] = [
  { kind: undefined, label: 'Tous', short: 'Tous' },
  { kind: 'gp-search', label: 'Médecin traitant', short: 'MT' },
  { kind: 'unscheduled-care', label: 'Soins non programmés', short: 'SNP' },
  { kind: 'hospital-discharge', label: 'Sorties d’hôpital', short: 'Sorties' },
]

export const filterNames: Record<FilterKey, string> = {
  due: 'Échéance',
  band: 'Priorité',
  status: 'Statut',
  municipality: 'Commune',
  owner: 'Responsable',
}

export const dueLabels: Record<Due, string> = {
  late: 'en retard',
  today: 'aujourd’hui',
  week: 'sous 7 jours',
  'by-friday': 'd’ici vendredi',
}
export const ownerLabels: Record<OwnerWord, string> = {
  me: 'moi',
  none: 'personne',
  'me-or-none': 'moi ou personne',
}
export const sortLabels: Record<Sort, string> = { queue: 'Échéance', band: 'Priorité', opened: 'Ancienneté' }

const kinds: readonly CaseKindName[] = ['gp-search', 'unscheduled-care', 'hospital-discharge']

/** A status that several kinds share may be worded otherwise in each: « À trier, À recevoir ». */
export function statusWords(status: string, kind: CaseKindName | undefined): string {
  const labels = (kind ? [kind] : kinds).map((one) => statusLook(one, status).label).filter((label) => label !== status)
  return [...new Set(labels)].join(', ') || status
}

export const columnLabels: Record<ColumnKey, string> = {
  band: 'Priorité',
  due: 'Échéance',
  kind: 'Type',
  reference: 'Numéro',
  place: 'Commune',
  status: 'Statut',
  next: 'Prochaine étape',
  opened: 'Ouvert le',
  owner: 'Responsable',
}
