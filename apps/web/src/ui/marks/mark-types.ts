/** The words of the visual grammar. Every mark takes plain values; none fetches, none knows the store. */
export type CaseKind = 'gp-search' | 'unscheduled-care' | 'hospital-discharge'
export type Band = 'P1' | 'P2' | 'P3' | 'P4'
export type ProposalState =
  | 'queued'
  | 'pending'
  | 'accepted'
  | 'declined'
  | 'expired'
  | 'withdrawn'
  | 'superseded'
  | 'released'
export type NeedState = 'open' | 'proposed' | 'covered' | 'not_needed' | 'unmet'

/** How far a case has come, drawn as a ring that fills: the same nine glyphs serve the three kinds. */
export type Stage = 'new' | 'waiting' | 'todo' | 'started' | 'half' | 'almost' | 'done' | 'stopped' | 'alert'

export interface NeedLine {
  label: string
  state: NeedState
  /** Who covers it, once covered. */
  by?: string
}
