import type { CaseKindName } from '@maillage/contracts/cases'
import { DuplicatePair } from '@maillage/contracts/coordination/duplicates'
import { PatientIdentity } from '@maillage/contracts/coordination/patient-identity'
import { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { pageOf } from '@maillage/contracts/kit/page'
import { Partner } from '@maillage/contracts/partners/partners'
import { Practitioner } from '@maillage/contracts/practitioners'
import { OwnProposal } from '@maillage/contracts/proposals'
import { WaitingListImport, WaitingListImportSummary } from '@maillage/contracts/waiting-list-imports'
import { WorklistItem } from '@maillage/contracts/worklist'
import type { Caller } from '../api.ts'
import type { DemoPerson } from '../demo.ts'

/** What of the demo stands in the addresses of the places. */
export interface Found {
  readonly cases: Readonly<Partial<Record<CaseKindName, string>>>
  readonly pendingProposal: string | undefined
  readonly acceptedProposal: string | undefined
  /** The case that it is about. */
  readonly acceptedCase: string | undefined
  readonly practitioner: string | undefined
  readonly wardDischarge: string | undefined
  readonly waitingListImport: string
  /** Two records that may be one person, one of them, and a search for a household. */
  readonly duplicate: string | undefined
  readonly patient: string | undefined
  readonly household: string | undefined
  /** Somebody whose health number is recorded. */
  readonly identified: string | undefined
  /** A request that slots may be found for. */
  readonly freeSlotsCare: string | undefined
  /** A partner whose agreement is to renew. */
  readonly partner: string | undefined
}

/** Reads it once, under the names of those who may. */
export async function findPlaces(api: (person: DemoPerson) => Promise<Caller>): Promise<Found> {
  const desk = await api('coordination')
  const doctor = await api('medecin')
  const ward = await api('hopital')
  const queue = await desk.get('/worklist?limit=200', pageOf(WorklistItem))
  const reference = (kind: CaseKindName): string | undefined => queue.items.find((one) => one.kind === kind)?.reference
  const proposals = await doctor.get('/proposals?status=pending&status=accepted&limit=200', pageOf(OwnProposal))
  const directory = await desk.get('/practitioners?limit=1', pageOf(Practitioner))
  const discharges = await ward.get('/hospital-discharges?limit=1', pageOf(HospitalDischarge))
  const isPlaced = ({ kind, status }: WorklistItem): boolean => kind === 'unscheduled-care' && status === 'triaged'
  const pair = (await desk.get('/duplicates?limit=1', pageOf(DuplicatePair))).items[0]
  return {
    duplicate: pair?.id,
    patient: pair?.people[0].id,
    household: queue.items.find(({ householdSize }) => householdSize > 2)?.reference,
    cases: {
      'gp-search': reference('gp-search'),
      'unscheduled-care': reference('unscheduled-care'),
      'hospital-discharge': reference('hospital-discharge'),
    },
    pendingProposal: proposals.items.find(({ status }) => status === 'pending')?.id,
    acceptedProposal: proposals.items.find(({ status }) => status === 'accepted')?.id,
    acceptedCase: proposals.items.find(({ status }) => status === 'accepted')?.reference,
    practitioner: directory.items[0]?.id,
    wardDischarge: discharges.items[0]?.reference,
    waitingListImport: await anImport(desk),
    identified: await anIdentity(desk),
    partner: (await desk.get('/partners?agreement=to-renew&limit=1', pageOf(Partner))).items[0]?.id,
    freeSlotsCare: queue.items.find(isPlaced)?.reference,
  }
}

/** A list of invented people, with what an import has to say of one: a column in doubt, a line refused. */
const list = [
  'Nom;Prénom;DDN;Commune;CP;Inscrit le;Truc',
  'Essaiblanc;Aline;12/03/1944;Lunel;34400;03/02/2026;ascenseur en panne',
  'Essaigrand;Basile;1967;Lunel;34400;04/02/2026;',
].join('\r\n')

async function anIdentity(desk: Caller): Promise<string | undefined> {
  const { items } = await desk.get('/hospital-discharges?limit=50', pageOf(HospitalDischarge))
  for (const id of items.flatMap(({ patient }) => (patient ? [patient.id] : []))) {
    const { ending } = await desk.get(`/patients/${id}/identity`, PatientIdentity)
    if (ending !== null) return id
  }
  return undefined
}

/** The latest list given and not started; none: one is given, which opens nothing until somebody starts it. */
async function anImport(desk: Caller): Promise<string> {
  const { items } = await desk.get('/waiting-list-imports?limit=50', pageOf(WaitingListImportSummary))
  const draft = items.find(({ status }) => status === 'draft')
  if (draft) return draft.id
  const given = await desk.upload('/waiting-list-imports', new File([list], 'liste d’essai.csv'), WaitingListImport)
  return given.id
}
