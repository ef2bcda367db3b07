import type { CptsId } from '@maillage/contracts/kit/ids'
import { newRowId } from '@maillage/contracts/kit/ids'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../../test/build-test-app.ts'
import { aGpSearch } from '../../../../test/builders/a-gp-search.ts'
import { aPractitioner } from '../../../../test/builders/a-practitioner.ts'
import { aCpts, someoneWho } from '../../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../../test/builders/an-unscheduled-care.ts'
import { prepare } from '../../../../test/builders/as-owner.ts'
import { practiceSites } from '../../../kernel/tables/practice.table.ts'
import { absences } from '../../../kernel/tables/practitioner.table.ts'

let tested: TestApp
let cptsId: CptsId
let ana: Awaited<ReturnType<typeof someoneWho>>
const now = new Date('2026-03-02T09:00:00Z')

beforeAll(async () => {
  tested = await buildTestApp({ now: () => now })
})
afterAll(() => tested.close())
beforeEach(async () => {
  cptsId = await aCpts(tested)
  ana = await someoneWho(tested, { cptsId, role: 'coordinator' })
})

const candidates = async (path: string) =>
  (await tested.app.inject({ url: `/api/v1/${path}/candidates`, headers: ana.headers })).json()
const forSearch = async () => {
  const { id } = await aGpSearch(tested, cptsId, { status: 'eligible' })
  return candidates(`gp-searches/${id}`)
}
const away = (row: Omit<typeof absences.$inferInsert, 'cptsId' | 'id' | 'fromDay' | 'untilDay'>) => {
  const days = { fromDay: '2026-03-01', untilDay: '2026-03-09' } as typeof absences.$inferInsert
  return prepare(tested, (tx) => tx.insert(absences).values({ ...days, ...row, cptsId, id: newRowId() }))
}

test('the distance is counted to the nearest place of practice, which is the one that is named', async () => {
  const id = await aPractitioner(tested, cptsId, { municipalityCode: '33009' })
  const before = await forSearch()
  expect(before.items[0].distanceKm).toBeGreaterThan(20)
  await prepare(tested, (tx) =>
    tx
      .insert(practiceSites)
      .values({ cptsId, id: newRowId(), practitionerId: id, position: 0, municipalityCode: '33063' }),
  )
  const { items } = await forSearch()
  expect(items).toMatchObject([{ distanceKm: 0, practitioner: { id, municipality: 'Bordeaux' } }])
})

test('whoever is away receives nothing, and who stands in is said: to be asked when they can be', async () => {
  const standIn = await aPractitioner(tested, cptsId, { lastName: 'Relève' })
  const absent = await aPractitioner(tested, cptsId, { lastName: 'Parti' })
  await away({ practitionerId: absent, replacementId: standIn })
  const found = await forSearch()
  expect(found.items.map(({ practitioner }: { practitioner: { id: string } }) => practitioner.id)).toEqual([standIn])
  expect(found.away).toEqual([
    {
      displayName: 'Dr Alix Parti',
      until: '2026-03-09',
      replacement: { practitionerId: standIn, name: 'Dr Alix Relève', phone: null, mayBeAsked: true },
    },
  ])
})

test('a locum is never anybody’s médecin traitant, and may be called for a care', async () => {
  const absent = await aPractitioner(tested, cptsId, { lastName: 'Parti' })
  await away({ practitionerId: absent, replacementName: 'Camille', replacementPhone: '+33600000009' })
  const locum = await aPractitioner(tested, cptsId, { lastName: 'Remplaçante', isGeneralPractitioner: false })
  const other = await aPractitioner(tested, cptsId, { lastName: 'Absente' })
  await away({ practitionerId: other, replacementId: locum })
  const asked = ({ away: list }: { away: { replacement: { name: string; mayBeAsked: boolean } }[] }) =>
    Object.fromEntries(list.map(({ replacement }) => [replacement.name, replacement.mayBeAsked]))
  expect(asked(await forSearch())).toEqual({ Camille: false, 'Dr Alix Remplaçante': false })
  const { id } = await anUnscheduledCare(tested, cptsId, { status: 'triaged' })
  expect(asked(await candidates(`unscheduled-cares/${id}`))).toEqual({ Camille: true, 'Dr Alix Remplaçante': false })
})
