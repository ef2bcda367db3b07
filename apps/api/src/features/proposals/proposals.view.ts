import { ageOn, dayIn } from '@maillage/contracts/kit/dates'
import type { ContactSheet, OwnProposal, ProposalPreview } from '@maillage/contracts/proposals'
import { and, eq } from 'drizzle-orm'
import { systemActor } from '../../kernel/actor.ts'
import { getCase } from '../../kernel/case.store.ts'
import type { CaseKinds } from '../../kernel/context.ts'
import { findPatient, type PatientRow } from '../../kernel/patients/patient.store.ts'
import { remainingPlaces } from '../../kernel/proposals/proposal.store.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { intakeCapacities } from '../../kernel/tables/practitioner.table.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { municipalityName } from '../../platform/municipality-name.ts'
import { practitionerOf } from './proposals.store.ts'

/** Five years wide, open from ninety: an exact age would help to guess who it is. */
export function ageBandOf(age: number): string {
  if (age >= 90) return '90+'
  const from = Math.floor(age / 5) * 5
  return `${from}–${from + 4}`
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

async function previewOf(
  db: Db,
  kinds: CaseKinds,
  row: CaseRow,
  patient: PatientRow,
  proposal: ProposalRow,
  now: Date,
): Promise<ProposalPreview> {
  const details = await kinds[row.kind].previewOf(db, row, proposal.needId)
  return {
    ageBand: ageBandOf(ageOn(patient.birthDate, dayIn('Europe/Paris', now))),
    sex: patient.sex,
    municipality: await municipalityName(db, row.municipalityCode),
    distanceKm: proposal.distanceHm === null ? null : proposal.distanceHm / 10,
    band: row.priority.band,
    ...details,
    householdSize: row.householdSize,
    note: proposal.previewNote,
  }
}

const people = ({ guardian, caregiver, trustedPerson }: PatientRow) =>
  Object.entries({ guardian, caregiver, trustedPerson }).flatMap(([part, person]) =>
    person ? [{ part, name: person.name, phone: person.phone ?? null }] : [],
  )

async function contactOf(
  db: Db,
  kinds: CaseKinds,
  row: CaseRow,
  patient: PatientRow,
  proposal: ProposalRow,
): Promise<ContactSheet> {
  return {
    displayName: `${patient.firstName} ${patient.lastName}`,
    sex: patient.sex,
    birthDate: patient.birthDate,
    phones: patient.phones,
    email: patient.email,
    hoursToCall: patient.hoursToCall,
    noVoicemail: patient.noVoicemail,
    addressLine: patient.addressLine,
    addressComplement: patient.addressComplement,
    postalCode: patient.postalCode,
    municipality: await municipalityName(db, patient.municipalityCode),
    interpreterLanguage: patient.interpreterLanguage,
    contacts: people(patient),
    needText: await kinds[row.kind].needText(db, row, proposal.needId),
  }
}

async function placesLeftOf(db: Db, proposal: ProposalRow): Promise<number | null> {
  const [capacity] = await db
    .select()
    .from(intakeCapacities)
    .where(
      and(eq(intakeCapacities.cptsId, proposal.cptsId), eq(intakeCapacities.practitionerId, proposal.practitionerId)),
    )
  return capacity ? remainingPlaces(db, capacity) : null
}

/** A proposal as its practitioner reads it: the preview always, who the patient is only while they hold the case. */
export async function toOwnProposal(db: Db, kinds: CaseKinds, proposal: ProposalRow, now: Date): Promise<OwnProposal> {
  const system = systemActor(proposal.cptsId)
  const row = await getCase(db, system, { id: proposal.caseId })
  const patient = await findPatient(db, { actor: system }, row.patientId)
  if (!patient) throw new Error('A case names a patient who does not exist')
  const { id, displayName, profession } = await practitionerOf(db, proposal)
  const { places } = await kinds[row.kind].candidateRequest(db, row, proposal.needId)
  const isHeld = proposal.status === 'accepted'
  return {
    id: proposal.id,
    kind: row.kind,
    reference: row.reference,
    practitioner: { id, displayName, profession },
    status: proposal.status,
    sentAt: (proposal.sentAt ?? proposal.createdAt).toISOString(),
    expiresAt: instant(proposal.expiresAt),
    answeredAt: instant(proposal.answeredAt),
    preview: await previewOf(db, kinds, row, patient, proposal, now),
    placesTaken: places,
    placesLeft: places > 0 ? await placesLeftOf(db, proposal) : null,
    requires: [...kinds[row.kind].acceptanceRequires],
    firstVisitAt: instant(proposal.firstVisitAt),
    appointmentAt: instant(proposal.appointmentAt),
    reconfirmation: proposal.reconfirmation,
    caseId: isHeld ? row.id : null,
    caseStatus: isHeld ? row.status : null,
    caseVersion: isHeld ? row.version : null,
    contact: isHeld ? await contactOf(db, kinds, row, patient, proposal) : null,
    version: proposal.version,
  }
}
