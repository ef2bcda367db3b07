import type { DefinitionRow } from '../../ui/DefinitionRows.vue'
import type { MoveSpec } from '../acts/move-fields.ts'

/** What a case asks for, as its kind reads it and lets it be edited. */
export interface CaseNeed {
  title?: string
  /** What was said in free words, first. */
  text?: string | null
  rows: readonly DefinitionRow[]
  editable: boolean
  editing: NeedEditing
}

export interface NeedEditing {
  spec: MoveSpec
  /** The whole details to send, from what the fields hold: what the fields do not show stays as it was. */
  detailsOf: (filled: Record<string, unknown>) => Record<string, unknown>
}
