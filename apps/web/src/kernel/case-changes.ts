import type { CaseHeader } from '@maillage/contracts/cases'
import { momentInWords } from '../ui/words/dates.ts'
import { statusLook } from './status-looks.ts'

export interface CaseChange {
  what: string
  before: string
  after: string
}

/** What somebody else changed in the header, old value and new: shown when our own change came too late. */
export function changesBetween(before: CaseHeader, after: CaseHeader, now: Date): CaseChange[] {
  const due = ({ dueAt }: CaseHeader): string => (dueAt ? momentInWords(new Date(dueAt), now) : 'aucune')
  const rows: [string, (header: CaseHeader) => string][] = [
    ['Statut', (header) => statusLook(header.kind, header.status).label],
    ['Priorité', (header) => header.priority.band],
    ['Échéance', due],
    ['Responsable', (header) => header.owner?.displayName ?? 'personne'],
  ]
  return rows
    .map(([what, read]) => ({ what, before: read(before), after: read(after) }))
    .filter((row) => row.before !== row.after)
}
