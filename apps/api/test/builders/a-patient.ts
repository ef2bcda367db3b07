import { DayDate } from '@maillage/contracts/kit/dates'
import type { CptsId } from '@maillage/contracts/kit/ids'
import type { PatientDetails } from '@maillage/contracts/patients'
import { systemActor } from '../../src/kernel/actor.ts'
import { insertPatient, type PatientRow } from '../../src/kernel/patients/patient.store.ts'
import type { TestApp } from '../build-test-app.ts'
import { prepare } from './as-owner.ts'

/** An invented person's description, in Bordeaux unless told otherwise. */
export const aDescription = (over: Partial<PatientDetails> = {}): PatientDetails => ({
  birthName: 'Exemple',
  firstName: 'Camille',
  birthDate: DayDate.parse('1950-06-15'),
  sex: 'female',
  phones: [],
  address: { municipality: '33063', postalCode: '33000' },
  ...over,
})

/** A patient of a CPTS, with the words by which they are found. */
export const aPatient = (tested: TestApp, cptsId: CptsId, over: Partial<PatientDetails> = {}): Promise<PatientRow> =>
  prepare(tested, (tx) => insertPatient(tx, { actor: systemActor(cptsId), now: tested.deps.now() }, aDescription(over)))
