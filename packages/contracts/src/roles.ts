import * as z from 'zod'
import type { DelegationId, PractitionerId } from './kit/ids.ts'

/** A membership is one of these in one CPTS (FHIR would say PractitionerRole); an account may hold several. */
export const roles = [
  'coordinator',
  'practitioner',
  'requester',
  'hospital_staff',
  'administrator',
  // Acts for the practitioners who named them, with the rights that each of these chose: nothing of their own.
  'secretary',
] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/**
 * What a practitioner may let a secretary do in their place: answer proposals; follow accepted patients (contact sheet,
 * visits, declaration); declare places and absences; publish unscheduled-care slots; read clinical details.
 */
export const delegationRights = [
  'answer-proposals',
  'follow-patients',
  'places-and-absences',
  'slots',
  'clinical-details',
] as const
export const DelegationRight = z.enum(delegationRights)
export type DelegationRight = z.infer<typeof DelegationRight>

/** A practitioner for whom somebody acts now, and what they may do. */
export interface HeldDelegation {
  readonly id: DelegationId
  readonly practitionerId: PractitionerId
  readonly rights: readonly DelegationRight[]
}

/** Who may act in a machine: a role, or the system (a job, the consequence of another act). */
export type ActorRole = Role | 'system'
