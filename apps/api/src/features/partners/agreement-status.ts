import type { DayDate } from '@maillage/contracts/kit/dates'
import type { Agreement } from '@maillage/contracts/partners/partners'

/** The days of an agreement that its status hangs on. */
export interface AgreementDays {
  readonly signedOn: string | null
  readonly startsOn: string
  readonly endsOn: string | null
  readonly endedOn: string | null
  readonly alertDays: readonly number[]
  readonly isRenewed: boolean
}

/** The day so many days before another: both are days of a calendar, without hour nor zone. */
export function daysBefore(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() - days)
  return at.toISOString().slice(0, 10)
}

/** From when on an agreement asks for something: its earliest alert; null when it has no term. */
export function alertFrom({ endsOn, alertDays }: Pick<AgreementDays, 'endsOn' | 'alertDays'>): string | null {
  return endsOn === null ? null : daysBefore(endsOn, Math.max(0, ...alertDays))
}

/** Where an agreement stands on a day. The last day of its term is still of it. */
export function agreementStatus(days: AgreementDays, today: DayDate): Agreement['status'] {
  const { signedOn, startsOn, endsOn, endedOn, isRenewed } = days
  if (endedOn !== null && endedOn <= today) return 'ended'
  if (isRenewed) return 'renewed'
  if (signedOn === null) return 'unsigned'
  if (endsOn !== null && endsOn < today) return 'lapsed'
  if (startsOn > today) return 'to-come'
  const from = alertFrom(days)
  return from !== null && from <= today ? 'to-renew' : 'in-force'
}
