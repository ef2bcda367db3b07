import { type Band, bands, type Priority } from '@maillage/contracts/cases'

/**
 * The bands that a coordinator may choose: one apart from the band shown. Where somebody already moved it, the computed
 * band is not sent: one apart from the present one is offered, and the server judges.
 */
export function bandsAround({ band }: Pick<Priority, 'band'>): Band[] {
  const at = bands.indexOf(band)
  return bands.filter((_, index) => Math.abs(index - at) === 1)
}
