import * as z from 'zod'

/** A membership is one of these in one CPTS (FHIR would say PractitionerRole); an account may hold several. */
export const roles = ['coordinator', 'practitioner', 'requester', 'hospital_staff', 'administrator'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/** Who may act in a machine: a role, or the system (a job, the consequence of another act). */
export type ActorRole = Role | 'system'
