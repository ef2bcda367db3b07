import type { CptsId, PatientId } from '@maillage/contracts/kit/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aHealthNumber } from '../../../test/builders/a-health-number.ts'
import { aPatient } from '../../../test/builders/a-patient.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { type Owner, openOwner } from '../../platform/jobs/owner.ts'
import { withoutRest } from '../../platform/jobs/pace.ts'
import { cases } from '../tables/case.table.ts'
import { patients } from '../tables/patient.table.ts'
import { patientIdentities } from '../tables/patient-identity.table.ts'
import { forgetNumbers } from './forget-numbers.ts'
import { writeIdentity } from './patient-identity.store.ts'

let tested: TestApp
let owner: Owner
let cptsId: CptsId
const now = new Date('2026-03-02T09:00:00Z')
const daysLater = (days: number): Date => new Date(now.getTime() + days * 86_400_000)

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
  owner = openOwner(tested.database.ownerUrl, () => undefined)
})
afterAll(async () => {
  await owner.close()
  await tested.close()
})
beforeEach(async () => {
  cptsId = await aCpts(tested)
})

let order = 0
const someone = async (): Promise<PatientId> => {
  order += 1
  const { id } = await aPatient(tested, cptsId, { birthName: `Personne ${order}` })
  const said = { status: 'qualified', nationalHealthId: aHealthNumber(order) } as const
  await tested.deps.db.transaction(cptsId, (tx) =>
    writeIdentity(tx, tested.deps.fieldCipher, { cptsId, patientId: id }, said, { now, accountId: null }),
  )
  return id
}
const close = (patientId: PatientId, status: string) =>
  prepare(tested, (tx) =>
    tx.update(cases).set({ status, isOpen: false, updatedAt: now }).where(eq(cases.patientId, patientId)),
  )
const hasNumber = async (id: PatientId): Promise<boolean> => {
  const rows = await prepare(tested, (tx) =>
    tx.select().from(patientIdentities).where(eq(patientIdentities.patientId, id)),
  )
  return rows[0]?.sealedNumber !== null
}
const tonight = (days: number) => forgetNumbers(owner, withoutRest, daysLater(days))

test('a number serves as long as something is open, then for ninety days', async () => {
  const id = await someone()
  await aGpSearch(tested, cptsId, { patientId: id })
  await tonight(400)
  expect(await hasNumber(id)).toBe(true)
  await close(id, 'registered')
  await tonight(89)
  expect(await hasNumber(id)).toBe(true)
  await tonight(91)
  expect(await hasNumber(id)).toBe(false)
})

test('whoever withdraws their consent is forgotten the same night, unless something else is open', async () => {
  const [one, two] = [await someone(), await someone()]
  for (const patientId of [one, two]) {
    await aGpSearch(tested, cptsId, { patientId })
    await close(patientId, 'withdrawn')
  }
  await aGpSearch(tested, cptsId, { patientId: two })
  await tonight(1)
  expect([await hasNumber(one), await hasNumber(two)]).toEqual([false, true])
})

test('a record that was merged follows the cases of the one that was kept', async () => {
  const [kept, merged] = [await aPatient(tested, cptsId), await someone()]
  await prepare(tested, (tx) => tx.update(patients).set({ mergedIntoId: kept.id }).where(eq(patients.id, merged)))
  await aGpSearch(tested, cptsId, { patientId: kept.id })
  await tonight(400)
  expect(await hasNumber(merged)).toBe(true)
})
