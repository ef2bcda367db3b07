import { CaseHeader, Consent, Priority } from '@maillage/contracts/cases'
import { GpSearch, GpSearchDetails } from '@maillage/contracts/gp-search'
import { HospitalDischarge, HospitalDischargeDetails } from '@maillage/contracts/hospital-discharge'
import { CaseSubject, Patient, PatientDetails } from '@maillage/contracts/patients'
import { Practitioner } from '@maillage/contracts/practitioners'
import { ContactSheet, OwnProposal, Proposal, ProposalPreview } from '@maillage/contracts/proposals'
import { UnscheduledCare, UnscheduledCareDetails } from '@maillage/contracts/unscheduled-care'
import { WorklistItem } from '@maillage/contracts/worklist'

/** Written once in the OpenAPI document, however many operations take or give them. */
export const sharedSchemas = {
  CaseHeader,
  CaseSubject,
  Consent,
  ContactSheet,
  GpSearch,
  GpSearchDetails,
  HospitalDischarge,
  HospitalDischargeDetails,
  OwnProposal,
  Patient,
  PatientDetails,
  Practitioner,
  Priority,
  Proposal,
  ProposalPreview,
  UnscheduledCare,
  UnscheduledCareDetails,
  WorklistItem,
} as const
