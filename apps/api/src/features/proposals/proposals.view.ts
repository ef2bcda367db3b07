import { ageOn, dayIn } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { ContactSheet, OwnProposal, ProposalPreview } from '@maillage/contracts/proposals'
import type { CaseKinds, OfferTold } from '../../kernel/context.ts'
import type { PatientRow } from '../../kernel/patients/patient.store.ts'
import type { ProposalRow } from '../../kernel/tables/proposal.table.ts'
import type { Db } from '../../platform/db/database.ts'
import { type OfferedRow, readOffered } from './offered.store.ts'

/** Five years wide, open from ninety: an exact age would help to guess who it is. */
export function ageBandOf(age: number): string {
  if (age >= 90) return '90+'
  const from = Math.floor(age / 5) * 5
  return `${from}–${from + 4}`
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

function previewOf(
  { row, patient, proposal, caseMunicipality, timeZone }: OfferedRow,
  { preview: details, household }: OfferTold,
  now: Date,
): ProposalPreview {
  const today = dayIn(timeZone, now)
  const births = household.length > 0 ? [patient.birthDate, ...household.map(({ birthDate }) => birthDate)] : []
  return {
    ageBand: ageBandOf(ageOn(patient.birthDate, today)),
    sex: patient.sex,
    municipality: caseMunicipality,
    distanceKm: proposal.distanceHm === null ? null : proposal.distanceHm / 10,
    band: row.priority.band,
    ...details,
    householdSize: row.householdSize,
    householdAgeBands: births.toSorted().map((birth) => ageBandOf(ageOn(birth, today))),
    note: proposal.previewNote,
  }
}

const people = ({ guardian, caregiver, trustedPerson }: PatientRow) =>
  Object.entries({ guardian, caregiver, trustedPerson }).flatMap(([part, person]) =>
    person ? [{ part, name: person.name, phone: person.phone ?? null }] : [],
  )

const contactOf = ({ patient, patientMunicipality }: OfferedRow, { needText, household }: OfferTold): ContactSheet => ({
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
  municipality: patientMunicipality,
  interpreterLanguage: patient.interpreterLanguage,
  contacts: people(patient),
  needText,
  household: [...household],
})

/** What each kind tells of these, kind by kind: as many statements for one as for a page of it. */
async function toldOf(
  db: Db,
  kinds: CaseKinds,
  cptsId: CptsId,
  offered: readonly OfferedRow[],
): Promise<(one: OfferedRow) => OfferTold> {
  const told = new Map<OfferedRow, OfferTold>()
  for (const kind of new Set(offered.map(({ row }) => row.kind))) {
    const those = offered.filter(({ row }) => row.kind === kind)
    const offers = those.map(({ row, proposal }) => ({ row, needId: proposal.needId }))
    const answers = await kinds[kind].describeOffers(db, cptsId, offers)
    those.forEach((one, index) => {
      const answer = answers[index]
      if (answer) told.set(one, answer)
    })
  }
  return (one) => {
    const found = told.get(one)
    if (!found) throw new Error('A kind does not tell what it offers')
    return found
  }
}

/**
 * Proposals as their practitioners read them: the preview always, who the patient is only while they hold the case. The
 * number of statements does not depend on how many there are.
 */
export async function toOwnProposals(
  db: Db,
  kinds: CaseKinds,
  proposals: readonly ProposalRow[],
  now: Date,
): Promise<OwnProposal[]> {
  const [first] = proposals
  if (!first) return []
  const offered = await readOffered(db, first.cptsId, proposals)
  const told = await toldOf(db, kinds, first.cptsId, offered)
  return offered.map((one) => toOwnProposal(kinds, one, told(one), now))
}

function toOwnProposal(kinds: CaseKinds, one: OfferedRow, told: OfferTold, now: Date): OwnProposal {
  const { proposal, row } = one
  const places = kinds[row.kind].placesOf(row)
  const isHeld = proposal.status === 'accepted'
  return {
    id: proposal.id,
    kind: row.kind,
    reference: row.reference,
    practitioner: one.practitioner,
    status: proposal.status,
    sentAt: (proposal.sentAt ?? proposal.createdAt).toISOString(),
    expiresAt: instant(proposal.expiresAt),
    answeredAt: instant(proposal.answeredAt),
    preview: previewOf(one, told, now),
    placesTaken: places,
    placesLeft: places > 0 ? one.placesLeft : null,
    requires: [...kinds[row.kind].acceptanceRequires],
    firstVisitAt: instant(proposal.firstVisitAt),
    appointmentAt: instant(proposal.appointmentAt),
    reconfirmation: proposal.reconfirmation,
    noted: one.noted,
    movesNoted: isHeld ? (one.movesNoted ?? []) : [],
    caseId: isHeld ? row.id : null,
    caseStatus: isHeld ? row.status : null,
    caseVersion: isHeld ? row.version : null,
    contact: isHeld ? contactOf(one, told) : null,
    version: proposal.version,
  }
}
