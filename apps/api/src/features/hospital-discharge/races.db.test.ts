import type { HospitalDischarge } from '@maillage/contracts/hospital-discharge'
import type { CptsId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aHospitalDischarge } from '../../../test/builders/a-hospital-discharge.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound } from '../../../test/builders/a-round.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import type { CaseRow } from '../../kernel/tables/case.table.ts'
import { type ProposalRow, proposals } from '../../kernel/tables/proposal.table.ts'
import { updateNeed } from './hospital-discharge.store.ts'

/** 20 times in an ordinary run, 200 in the continuous integration's. */
const times = Number(process.env.REPEAT ?? 20)
const HOUR = 3_600_000
const now = new Date('2026-03-10T09:00:00Z')
const hoursOn = (hours: number) => new Date(now.getTime() + hours * HOUR)

type Headers = { authorization: string }
let tested: TestApp
let cptsId: CptsId
let unitId: UnitId
let nurseId: PractitionerId
const who: Record<'ward' | 'coordinator' | 'nurse', Headers> = {
  ward: { authorization: '' },
  coordinator: { authorization: '' },
  nurse: { authorization: '' },
}

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  cptsId = await aCpts(tested)
  unitId = (await aUnit(tested, cptsId)).unitId
  nurseId = await aPractitioner(tested, cptsId, { profession: 'nurse', isGeneralPractitioner: false })
  who.ward = (await someoneWho(tested, { cptsId, role: 'hospital_staff', unitIds: [unitId] })).headers
  who.coordinator = (await someoneWho(tested, { cptsId, role: 'coordinator' })).headers
  who.nurse = (await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: nurseId })).headers
})
afterAll(() => tested.close())

const post = (headers: Headers, path: string, payload: object) =>
  tested.app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload })

const read = async (row: CaseRow): Promise<HospitalDischarge> =>
  (await tested.app.inject({ url: `/api/v1/hospital-discharges/${row.id}`, headers: who.coordinator })).json()

/** A discharge in a week whose only need waits for the nurse's answer. */
async function offered(): Promise<{ row: CaseRow; proposal: ProposalRow }> {
  const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId, { status: 'coordinating' })
  const [needId] = needIds
  if (!needId) throw new Error('A discharge was made without a need')
  const [proposal] = await aRound(tested, cptsId, row.id, [nurseId], { needId })
  if (!proposal) throw new Error('A round was made without a proposal')
  await prepare(tested, (tx) => updateNeed(tx, { cptsId, id: needId }, { status: 'proposed' }))
  return { row, proposal }
}

const standing = async (id: ProposalRow['id']) => {
  const [found] = await prepare(tested, (tx) => tx.select().from(proposals).where(eq(proposals.id, id)))
  return found
}

/** A second a round at the very most, on a machine that does other things as well. */
const timeout = 30_000 + times * 1500

describe(`two people at once, ${times} times`, { timeout }, () => {
  test('the date moves while the nurse accepts: she comes for the new date or is asked again, and the need says which', async () => {
    for (let n = 0; n < times; n++) {
      const { row, proposal } = await offered()
      const payload = { expectedDischargeAt: hoursOn(260).toISOString(), reason: 'medical', version: row.version }
      const [moved, accepted] = await Promise.all([
        post(who.ward, `/hospital-discharges/${row.id}/reschedule`, payload),
        post(who.nurse, `/proposals/${proposal.id}/acceptance`, {
          version: proposal.version,
          firstVisitAt: hoursOn(270).toISOString(),
        }),
      ])
      const after = await read(row)
      const found = await standing(proposal.id)
      // The nurse is heard whoever came first; a ward that saw another version is told so and moves nothing.
      expect(accepted.statusCode, accepted.body).toBe(200)
      expect([200, 409]).toContain(moved.statusCode)
      const hasMoved = after.details.expectedDischargeAt === payload.expectedDischargeAt
      expect(hasMoved).toBe(moved.statusCode === 200)
      const isAskedAgain = found?.reconfirmation === 'pending'
      expect(after.needs[0]).toMatchObject(
        isAskedAgain
          ? { status: 'proposed', reconfirmationPending: true }
          : { status: 'covered', reconfirmationPending: false },
      )
      expect(after.status).toBe(isAskedAgain ? 'coordinating' : 'covered')
    }
  })

  test('the ward cancels while the nurse accepts: nobody is left to visit a patient who stays', async () => {
    for (let n = 0; n < times; n++) {
      const { row, proposal } = await offered()
      const [cancelled, accepted] = await Promise.all([
        post(who.ward, `/hospital-discharges/${row.id}/moves`, {
          action: 'cancel',
          reason: 'transferred',
          version: row.version,
        }),
        post(who.nurse, `/proposals/${proposal.id}/acceptance`, {
          version: proposal.version,
          firstVisitAt: hoursOn(170).toISOString(),
        }),
      ])
      const after = await read(row)
      const found = await standing(proposal.id)
      if (cancelled.statusCode === 200) {
        expect(after.status).toBe('cancelled')
        expect(['withdrawn', 'released']).toContain(found?.status)
      } else {
        expect(cancelled.json()).toMatchObject({ code: 'case-changed' })
        expect(accepted.statusCode).toBe(200)
        expect(found?.status).toBe('accepted')
      }
    }
  })
})
