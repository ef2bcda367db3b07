import { v7 } from 'uuid'
import * as z from 'zod'

/**
 * Identifiers are UUID v7 made by the application (sortable, count unguessable), branded by type so that a patient's
 * id cannot be handed where a case's is meant. People read a reference (`MT-2026-0042`), never the uuid.
 * One written in capitals is the same id: it is read as the database writes it.
 */
export const CptsId = z.uuid().toLowerCase().brand<'CptsId'>()
export type CptsId = z.infer<typeof CptsId>

export const AccountId = z.uuid().toLowerCase().brand<'AccountId'>()
export type AccountId = z.infer<typeof AccountId>

export const MembershipId = z.uuid().toLowerCase().brand<'MembershipId'>()
export type MembershipId = z.infer<typeof MembershipId>

export const PatientId = z.uuid().toLowerCase().brand<'PatientId'>()
export type PatientId = z.infer<typeof PatientId>

export const HouseholdId = z.uuid().toLowerCase().brand<'HouseholdId'>()
export type HouseholdId = z.infer<typeof HouseholdId>

export const DuplicateId = z.uuid().toLowerCase().brand<'DuplicateId'>()
export type DuplicateId = z.infer<typeof DuplicateId>

export const PatientMergeId = z.uuid().toLowerCase().brand<'PatientMergeId'>()
export type PatientMergeId = z.infer<typeof PatientMergeId>

export const PractitionerId = z.uuid().toLowerCase().brand<'PractitionerId'>()
export type PractitionerId = z.infer<typeof PractitionerId>

export const OrganizationId = z.uuid().toLowerCase().brand<'OrganizationId'>()
export type OrganizationId = z.infer<typeof OrganizationId>

export const UnitId = z.uuid().toLowerCase().brand<'UnitId'>()
export type UnitId = z.infer<typeof UnitId>

export const CaseId = z.uuid().toLowerCase().brand<'CaseId'>()
export type CaseId = z.infer<typeof CaseId>

export const NeedId = z.uuid().toLowerCase().brand<'NeedId'>()
export type NeedId = z.infer<typeof NeedId>

export const ProposalId = z.uuid().toLowerCase().brand<'ProposalId'>()
export type ProposalId = z.infer<typeof ProposalId>

export const TeamId = z.uuid().toLowerCase().brand<'TeamId'>()
export type TeamId = z.infer<typeof TeamId>

export const WaitingListImportId = z.uuid().toLowerCase().brand<'WaitingListImportId'>()
export type WaitingListImportId = z.infer<typeof WaitingListImportId>

export const SavedViewId = z.uuid().toLowerCase().brand<'SavedViewId'>()
export type SavedViewId = z.infer<typeof SavedViewId>

export const TemplateId = z.uuid().toLowerCase().brand<'TemplateId'>()
export type TemplateId = z.infer<typeof TemplateId>

export const AgreementId = z.uuid().toLowerCase().brand<'AgreementId'>()
export type AgreementId = z.infer<typeof AgreementId>

export const RevalidationId = z.uuid().toLowerCase().brand<'RevalidationId'>()
export type RevalidationId = z.infer<typeof RevalidationId>

export const RevalidationCampaignId = z.uuid().toLowerCase().brand<'RevalidationCampaignId'>()
export type RevalidationCampaignId = z.infer<typeof RevalidationCampaignId>

export const DelegationId = z.uuid().toLowerCase().brand<'DelegationId'>()
export type DelegationId = z.infer<typeof DelegationId>

export const SlotId = z.uuid().toLowerCase().brand<'SlotId'>()
export type SlotId = z.infer<typeof SlotId>

export const SlotSeriesId = z.uuid().toLowerCase().brand<'SlotSeriesId'>()
export type SlotSeriesId = z.infer<typeof SlotSeriesId>

/** A new UUID v7 of the brand asked for: `newId(CaseId)`. */
export const newId = <Schema extends z.ZodType>(schema: Schema): z.output<Schema> => schema.parse(v7())

/** A new UUID v7 for rows that no other room names (events, notes, audit entries). */
export const newRowId = (): string => v7()
