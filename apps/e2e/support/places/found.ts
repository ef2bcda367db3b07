import type { CaseKindName } from '@maillage/contracts/cases'
import { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import { pageOf } from '@maillage/contracts/kit/page'
import { Practitioner } from '@maillage/contracts/practitioners'
import { OwnProposal } from '@maillage/contracts/proposals'
import { WorklistItem } from '@maillage/contracts/worklist'
import type { Caller } from '../api.ts'
import type { DemoPerson } from '../demo.ts'

/** What of the demo stands in the addresses of the places. */
export interface Found {
  readonly cases: Readonly<Partial<Record<CaseKindName, string>>>
  readonly pendingProposal: string | undefined
  readonly acceptedProposal: string | undefined
  readonly practitioner: string | undefined
  readonly wardDischarge: string | undefined
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
  return {
    cases: {
      'gp-search': reference('gp-search'),
      'unscheduled-care': reference('unscheduled-care'),
      'hospital-discharge': reference('hospital-discharge'),
    },
    pendingProposal: proposals.items.find(({ status }) => status === 'pending')?.id,
    acceptedProposal: proposals.items.find(({ status }) => status === 'accepted')?.id,
    practitioner: directory.items[0]?.id,
    wardDischarge: discharges.items[0]?.reference,
  }
}
