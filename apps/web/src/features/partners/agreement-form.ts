import { type Agreement, NewAgreement } from '@maillage/contracts/partners/partners'
import * as z from 'zod'

/** An agreement as it is typed. */
export interface AgreementFields {
  scope: string
  signedOn: string
  startsOn: string
  endsOn: string
  noticeDays: string
  alertDays: string
  documentReference: string
}

const Typed = z.string()
/** An agreement as a draft holds it: typed and not judged. */
export const DraftOfAgreement = z.object({
  scope: Typed,
  signedOn: Typed,
  startsOn: Typed,
  endsOn: Typed,
  noticeDays: Typed,
  alertDays: Typed,
  documentReference: Typed,
  /** The version that was on screen when it was typed. */
  version: z.int().optional(),
})

/** The day after another: where a renewal begins. */
export function dayAfter(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + 1)
  return at.toISOString().slice(0, 10)
}

/** What the dialog opens with: nothing, the agreement to correct, or its scope for the years to come. */
export function fieldsOf(agreement: Agreement | undefined, isRenewal: boolean): AgreementFields {
  const usual = (agreement?.alertDays ?? [90, 30]).join(', ')
  const kept = {
    scope: agreement?.scope ?? '',
    noticeDays: agreement?.noticeDays?.toString() ?? '',
    alertDays: usual,
  }
  if (!agreement || isRenewal) {
    const startsOn = agreement?.endsOn ? dayAfter(agreement.endsOn) : ''
    return { ...kept, signedOn: '', startsOn, endsOn: '', documentReference: '' }
  }
  const { signedOn, startsOn, endsOn, documentReference } = agreement
  return {
    ...kept,
    signedOn: signedOn ?? '',
    startsOn,
    endsOn: endsOn ?? '',
    documentReference: documentReference ?? '',
  }
}

const words: Readonly<Record<string, string>> = {
  scope: 'Dites sur quoi elle porte.',
  startsOn: 'Indiquez le premier jour.',
  endsOn: 'Le dernier jour vient après le premier.',
  signedOn: 'Indiquez un jour, ou laissez vide.',
  noticeDays: 'Indiquez un nombre de jours.',
  alertDays: 'Indiquez des nombres de jours, par exemple «\u00A090, 30\u00A0».',
}

/** The body to send, or what is wrong with each field. */
export function readFields(
  typed: AgreementFields,
): { body: z.output<typeof NewAgreement> } | { faults: Record<string, string> } {
  const { noticeDays, alertDays, ...days } = typed
  const read = NewAgreement.safeParse({
    ...Object.fromEntries(Object.entries(days).filter(([, value]) => value.trim() !== '')),
    ...(noticeDays.trim() ? { noticeDays: Number(noticeDays) } : {}),
    alertDays: alertDays
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number),
  })
  const faults = Object.fromEntries(
    (read.error?.issues ?? []).map(({ path }) => [String(path[0]), words[String(path[0])] ?? 'À revoir.']),
  )
  if (!read.success) return { faults }
  const { startsOn, endsOn } = read.data
  return endsOn && endsOn < startsOn ? { faults: { endsOn: words.endsOn ?? '' } } : { body: read.data }
}
