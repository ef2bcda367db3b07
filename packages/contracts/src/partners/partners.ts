import * as z from 'zod'
import { Version } from '../cases.ts'
import { DayDate, Instant } from '../kit/dates.ts'
import { InseeCode, Phone, PostalCode } from '../kit/identifiers.ts'
import { AgreementId, OrganizationId, UnitId } from '../kit/ids.ts'
import { PageQuery } from '../kit/page.ts'
import { organizationKinds } from './organizations.ts'

/** A partner whose card nobody has read again for half a year is to be checked: the product's choice, as for practitioners. */
export const partnerFreshDays = 180

const line = z.string().trim().min(1)

/** Somebody to call there, by what they do: a name is welcome and never needed. */
export const PartnerContact = z.strictObject({
  function: line.max(80),
  name: line.max(120).optional(),
  phone: Phone.optional(),
  email: z.email().max(200).optional(),
  mssante: z.email().max(200).optional(),
  hours: line.max(120).optional(),
  /** The unit that they answer for, where they answer for one. */
  unit: line.max(120).optional(),
})
export type PartnerContact = z.infer<typeof PartnerContact>

export const PartnerUnit = z.object({ id: UnitId, name: z.string(), phone: z.string().nullable() })

export const agreementStatuses = ['unsigned', 'to-come', 'in-force', 'to-renew', 'lapsed', 'renewed', 'ended'] as const

/** What the CPTS and a partner agreed on. Its status is worked out from its days, never written. */
export const Agreement = z.object({
  id: AgreementId,
  partnerId: OrganizationId,
  scope: z.string(),
  signedOn: DayDate.nullable(),
  startsOn: DayDate,
  /** Null: no term. */
  endsOn: DayDate.nullable(),
  /** Days before the term by which either side must say that it stops. */
  noticeDays: z.int().nullable(),
  /** Days before the term at which the CPTS is alerted. */
  alertDays: z.array(z.int()),
  /** Where the signed document is kept: a shelf mark, a folder. */
  documentReference: z.string().nullable(),
  status: z.enum(agreementStatuses),
  endedOn: DayDate.nullable(),
  /** The one that it follows, and the one that follows it. */
  renews: AgreementId.nullable(),
  renewedBy: AgreementId.nullable(),
  updatedAt: Instant,
  version: z.int(),
})
export type Agreement = z.infer<typeof Agreement>

/** A partner as everybody of the CPTS reads it; agreements are the coordination's and the administration's. */
export const Partner = z.object({
  id: OrganizationId,
  name: z.string(),
  kind: z.enum(organizationKinds),
  finess: z.string().nullable(),
  addressLine: z.string().nullable(),
  postalCode: z.string().nullable(),
  municipality: z.object({ code: z.string(), name: z.string() }).nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  notes: z.string().nullable(),
  units: z.array(PartnerUnit),
  contacts: z.array(PartnerContact),
  agreements: z.array(Agreement).nullable(),
  updatedAt: Instant.nullable(),
  updatedBy: z.string().nullable(),
  /** When somebody last said that the card is right; null when nobody did. */
  confirmedAt: Instant.nullable(),
  isStale: z.boolean(),
  version: z.int(),
})
export type Partner = z.infer<typeof Partner>

export const PartnerParams = z.object({ id: OrganizationId })
export const AgreementParams = z.object({ id: AgreementId })

/** `agreement`: partners whose agreement is to renew or lapsed; partners without any. */
export const PartnerQuery = PageQuery.extend({
  q: z.string().trim().max(80).optional(),
  kind: z.enum(organizationKinds).optional(),
  municipality: InseeCode.optional(),
  agreement: z.enum(['to-renew', 'none']).optional(),
  stale: z.stringbool().optional(),
})

const card = {
  name: line.max(160),
  kind: z.enum(organizationKinds),
  finess: z
    .string()
    .regex(/^(\d{2}|2[AB])\d{7}$/)
    .optional(),
  addressLine: line.max(200).optional(),
  postalCode: PostalCode.optional(),
  municipality: InseeCode.optional(),
  phone: Phone.optional(),
  email: z.email().max(200).optional(),
  /** How to work with them. Nothing of anybody's health. */
  notes: line.max(2000).optional(),
  contacts: z.array(PartnerContact).max(20),
  /** A known unit is renamed by its id; a new one has none. Units are never taken away: discharges name them. */
  units: z.array(z.strictObject({ id: UnitId.optional(), name: line.max(120), phone: Phone.optional() })).max(60),
}
export const NewPartner = z.strictObject(card)
export type NewPartner = z.infer<typeof NewPartner>
export const ChangePartner = z.strictObject({ ...card, version: Version })
export type ChangePartner = z.infer<typeof ChangePartner>
export const ConfirmPartner = z.strictObject({ version: Version })

const terms = {
  scope: line.max(400),
  signedOn: DayDate.optional(),
  startsOn: DayDate,
  endsOn: DayDate.optional(),
  noticeDays: z.int().min(0).max(730).optional(),
  alertDays: z.array(z.int().min(1).max(730)).max(4).default([90, 30]),
  documentReference: line.max(200).optional(),
}
export const NewAgreement = z.strictObject(terms)
export type NewAgreement = z.infer<typeof NewAgreement>
export const ChangeAgreement = z.strictObject({ ...terms, version: Version })
export type ChangeAgreement = z.infer<typeof ChangeAgreement>
export const EndAgreement = z.strictObject({ endedOn: DayDate, version: Version })

/** What the home page tells of agreements. */
export const AgreementAlert = z.object({
  id: AgreementId,
  partnerId: OrganizationId,
  partner: z.string(),
  scope: z.string(),
  endsOn: DayDate,
  status: z.enum(['to-renew', 'lapsed']),
})
export type AgreementAlert = z.infer<typeof AgreementAlert>
export const AgreementAlerts = z.object({ items: z.array(AgreementAlert) })
