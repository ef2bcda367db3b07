import type { TeamKind } from '@maillage/contracts/directory/teams'

/** Sorts of teams as people say them. */
export const teamKindLabels: Record<TeamKind, string> = {
  msp: 'Maison de santé',
  'health-centre': 'Centre de santé',
  'primary-care-team': 'Équipe de soins primaires',
  'group-practice': 'Cabinet de groupe',
}
