import * as z from 'zod'
import { Instant } from '../kit/dates.ts'
import { HealthNumber } from '../kit/health-number.ts'

/**
 * How sure an identity is, in the words of the référentiel national d’identitovigilance: declared (`provisional`), read
 * from the INSi service (`retrieved`), checked against an official paper (`validated`), both (`qualified`).
 */
export const identityStatuses = ['provisional', 'retrieved', 'validated', 'qualified'] as const
export const IdentityStatus = z.enum(identityStatuses)
export type IdentityStatus = z.infer<typeof IdentityStatus>

/** What gave the number: the NIR of most, the NIA of those who await one, or the agency's test numbers. */
export const healthIdAuthorities = ['nir', 'nia', 'test'] as const
export const HealthIdAuthority = z.enum(healthIdAuthorities)
export type HealthIdAuthority = z.infer<typeof HealthIdAuthority>

/** The identifier of each authority, as exchanges of health data name it (ANS, référentiel INS). */
export const authorityOids = {
  nir: '1.2.250.1.213.1.4.8',
  nia: '1.2.250.1.213.1.4.9',
  test: '1.2.250.1.213.1.4.10',
} as const satisfies Record<HealthIdAuthority, string>

/** A national health identifier (INS): given by whoever qualified the identity, never asked of the patient. */
export const NationalHealthId = z.strictObject({ number: HealthNumber, authority: HealthIdAuthority })
export type NationalHealthId = z.infer<typeof NationalHealthId>

/** Records how sure an identity is; a number goes with a qualified one, and with no other. */
export const RecordIdentity = z.strictObject({
  status: IdentityStatus,
  nationalHealthId: NationalHealthId.optional(),
  /** The version of the patient's record. */
  version: z.int().min(1),
})
export type RecordIdentity = z.infer<typeof RecordIdentity>

/** What a file shows of an identity: the last two digits of the number, never the others. */
export const PatientIdentity = z.object({
  status: IdentityStatus,
  authority: HealthIdAuthority.nullable(),
  /** `null` where no number is recorded. */
  ending: z.string().nullable(),
  recordedAt: Instant.nullable(),
  /** The authorities that this installation accepts: test numbers in a trial, real ones elsewhere. */
  accepted: z.array(HealthIdAuthority),
  /** The version of the patient's record. */
  version: z.int(),
})
export type PatientIdentity = z.infer<typeof PatientIdentity>

/** The number in full, once it was asked for: a gesture that is recorded. */
export const RevealedHealthId = z.object({ number: z.string(), authority: HealthIdAuthority, oid: z.string() })
export type RevealedHealthId = z.infer<typeof RevealedHealthId>
