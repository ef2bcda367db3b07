import type { CptsId } from '@maillage/contracts/kit/ids'
import type { Role } from '@maillage/contracts/roles'
import type { TestApp } from '../build-test-app.ts'
import { aGpSearch } from './a-gp-search.ts'
import { aHospitalDischarge } from './a-hospital-discharge.ts'
import { aPatient } from './a-patient.ts'
import { aPractitioner } from './a-practitioner.ts'
import { aRound } from './a-round.ts'
import { aCpts, aMembership, anAccount, aUnit, signedIn } from './accounts.ts'
import { anUnscheduledCare } from './an-unscheduled-care.ts'

/** A CPTS with one of each thing, all under one name, so that an answer that holds it is told at sight. */
export interface KnownTerritory {
  readonly cptsId: CptsId
  /** By the first segment of their address. */
  readonly ids: Readonly<Record<string, string>>
  /** Of things that stand in no address. */
  readonly hiddenIds: readonly string[]
  /** A session under this role, opened when it is first asked for. */
  headersOf(role: Role): Promise<{ authorization: string }>
  /** To be opened anew: the last answer said that it is over. */
  forget(role: Role): void
}

/** Makes it; `name` stands in every name of a person, a practitioner, an account, a ward and the CPTS itself. */
export async function aKnownTerritory(tested: TestApp, name: string): Promise<KnownTerritory> {
  const cptsId = await aCpts(tested, { name: `CPTS ${name}` })
  const { unitId } = await aUnit(tested, cptsId, `Service ${name}`)
  const practitionerId = await aPractitioner(tested, cptsId, { lastName: name })
  const { id: patientId } = await aPatient(tested, cptsId, { birthName: name, lastName: name })
  const search = await aGpSearch(tested, cptsId, { patientId, status: 'eligible' })
  const other = await aGpSearch(tested, cptsId, { patientId })
  const care = await anUnscheduledCare(tested, cptsId, { patientId, status: 'triaged' })
  const { row: discharge, needIds } = await aHospitalDischarge(tested, cptsId, unitId)
  const [proposal] = await aRound(tested, cptsId, search.id, [practitionerId])
  const sessions = new Map<Role, Promise<{ authorization: string }>>()
  const open = async (role: Role): Promise<{ authorization: string }> => {
    const accountId = await anAccount(tested, { displayName: `${role} ${name}` })
    const own = role === 'practitioner' ? { practitionerId } : {}
    const wards = role === 'hospital_staff' ? { unitIds: [unitId] } : {}
    await aMembership(tested, accountId, { cptsId, role, ...own, ...wards })
    return await signedIn(tested, accountId)
  }
  return {
    cptsId,
    ids: {
      cases: search.id,
      'gp-searches': search.id,
      'unscheduled-cares': care.id,
      'hospital-discharges': discharge.id,
      needs: needIds[0] ?? '',
      patients: patientId,
      practitioners: practitionerId,
      proposals: proposal?.id ?? '',
      units: unitId,
    },
    hiddenIds: [other.id, discharge.patientId],
    headersOf: (role) => {
      const session = sessions.get(role) ?? open(role)
      sessions.set(role, session)
      return session
    },
    forget: (role) => sessions.delete(role),
  }
}
