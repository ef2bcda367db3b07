import type { CptsId, PractitionerId, UnitId } from '@maillage/contracts/kit/ids'
import type { OwnProposal, ProposalStatus } from '@maillage/contracts/proposals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aHospitalDischarge } from '../../../test/builders/a-hospital-discharge.ts'
import { aPractitioner } from '../../../test/builders/a-practitioner.ts'
import { aRound, somePlaces } from '../../../test/builders/a-round.ts'
import { aCpts, aUnit, someoneWho } from '../../../test/builders/accounts.ts'
import { anUnscheduledCare } from '../../../test/builders/an-unscheduled-care.ts'
import { countingStatements } from '../../../test/counted-statements.ts'
import { caseKindsOf } from '../../case-kinds.ts'
import { systemActor } from '../../kernel/actor.ts'
import { pageOfProposals } from './read-proposals.ts'

let tested: TestApp
let cptsId: CptsId
let unitId: UnitId
let nth = 0
// Each proposal a minute after the one before.
const now = (): Date => new Date(Date.parse('2026-03-02T09:00:00Z') + nth * 60_000)

beforeAll(async () => {
  tested = await buildTestApp({ now })
  cptsId = await aCpts(tested)
  unitId = (await aUnit(tested, cptsId)).unitId
})
afterAll(() => tested.close())

/** A case of each kind, offered to this practitioner. */
async function anOfferOfEach(practitionerId: PractitionerId, status: ProposalStatus): Promise<void> {
  const { row, needIds } = await aHospitalDischarge(tested, cptsId, unitId)
  nth += 1
  await aRound(tested, cptsId, row.id, [practitionerId], { status, ...(needIds[0] ? { needId: needIds[0] } : {}) })
  for (const made of [await aGpSearch(tested, cptsId), await anUnscheduledCare(tested, cptsId)]) {
    nth += 1
    await aRound(tested, cptsId, made.id, [practitionerId], { status })
  }
}

async function aDoctor(): Promise<PractitionerId> {
  const id = await aPractitioner(tested, cptsId)
  await somePlaces(tested, cptsId, id, 50)
  return id
}

test('a page takes as many statements for three proposals as for thirty', async () => {
  const [few, many] = [await aDoctor(), await aDoctor()]
  await anOfferOfEach(few, 'accepted')
  for (let made = 0; made < 10; made += 1) await anOfferOfEach(many, 'accepted')
  const { db, counts } = countingStatements(tested.deps.db)
  const read = async (practitionerId: PractitionerId): Promise<OwnProposal[]> => {
    const actor = { ...systemActor(cptsId), role: 'practitioner' as const, practitionerId }
    return (
      await pageOfProposals({ ...tested.deps, db, kinds: caseKindsOf() }, actor, {
        limit: 50,
        cursor: undefined,
        status: undefined,
      })
    ).items
  }
  const pages = [await read(few), await read(many)]
  expect(pages.map(({ length }) => length)).toEqual([3, 30])
  expect(counts[0]).toBe(counts[1])
  for (const items of pages) {
    expect(new Set(items.map(({ kind }) => kind)).size).toBe(3)
    expect(
      items.every(({ contact, placesLeft, kind }) => contact && (placesLeft === null) === (kind !== 'gp-search')),
    ).toBe(true)
  }
})

test('pages follow one another, newest first, of the statuses that are asked for', async () => {
  const doctor = await aDoctor()
  for (const status of ['pending', 'declined', 'expired', 'pending'] as const) await anOfferOfEach(doctor, status)
  const practitioner = await someoneWho(tested, { cptsId, role: 'practitioner', practitionerId: doctor })
  const coordinator = await someoneWho(tested, { cptsId, role: 'coordinator' })
  for (const { headers } of [practitioner, coordinator]) {
    const page = async (query: string) => {
      const url = `/api/v1/proposals?limit=4&${query}`
      return (await tested.app.inject({ url, headers })).json() as { items: OwnProposal[]; next: string | null }
    }
    const query = 'status=pending&status=expired'
    const seen: OwnProposal[] = []
    for (let next: string | null = ''; next !== null; ) {
      const read: Awaited<ReturnType<typeof page>> = await page(next ? `${query}&cursor=${next}` : query)
      seen.push(...read.items)
      next = read.next
    }
    const sent = seen.map(({ sentAt }) => sentAt)
    expect(sent).toEqual([...sent].sort().reverse())
    expect(seen.map(({ status }) => status)).toEqual([
      ...Array(3).fill('pending'),
      ...Array(3).fill('expired'),
      ...Array(3).fill('pending'),
    ])
    expect((await page('')).items.map(({ id }) => id)).toEqual(
      seen
        .slice(0, 3)
        .map(({ id }) => id)
        .concat((await page('')).items[3]?.id ?? []),
    )
  }
})
