import {
  AccountId,
  type CaseId,
  MembershipId,
  newId,
  newRowId,
  PractitionerId,
  UnitId,
} from '@maillage/contracts/kit/ids'
import { roles } from '@maillage/contracts/roles'
import { and, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../../test/build-test-app.ts'
import { aGpSearch } from '../../../test/builders/a-gp-search.ts'
import { aCpts } from '../../../test/builders/accounts.ts'
import { prepare } from '../../../test/builders/as-owner.ts'
import { caseParticipants, cases } from '../../kernel/tables/case.table.ts'
import { visibleTo } from '../../kernel/visible-to.ts'
import { changesFor } from './audience.ts'
import { readParts } from './live.store.ts'
import { gather, newMoment } from './told-changes.ts'

let tested: TestApp

beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.close())

test('what is told and what may be read are the same cases, for every role and every way of taking part', async () => {
  const cptsId = await aCpts(tested)
  const [accountId, practitionerId, unitId] = [newId(AccountId), newId(PractitionerId), newId(UnitId)]
  const now = new Date()
  const parts = [
    { part: 'requester', accountId },
    { part: 'owner', accountId },
    { part: 'accepted', practitionerId },
    { part: 'ward', unitId },
    { part: 'accepted', practitionerId, until: now },
    { part: 'ward', unitId, until: now },
    { part: 'requester', accountId: newId(AccountId) },
    { part: 'accepted', practitionerId: newId(PractitionerId) },
    { part: 'ward', unitId: newId(UnitId) },
    null,
  ] as const
  const ids: CaseId[] = []
  for (const part of parts) {
    const { id } = await aGpSearch(tested, cptsId)
    ids.push(id)
    if (part) {
      const row = { cptsId, id: newRowId(), caseId: id, since: now, ...part }
      await prepare(tested, (tx) => tx.insert(caseParticipants).values(row))
    }
  }
  const moment = newMoment()
  for (const id of ids) gather(moment, { what: 'case', cptsId, id, kind: 'gp-search', version: 2 })
  for (const role of roles) {
    for (const holder of [
      { practitionerId, unitIds: [unitId] },
      { practitionerId: null, unitIds: [] },
    ]) {
      const person = { cptsId, role, accountId, membershipId: newId(MembershipId), ...holder }
      const actor = { ...person, displayName: 'Essai', isHealthProfessional: false, requestId: 'essai' }
      const [readable, taking] = await tested.deps.db.read(cptsId, async (db) => [
        await db
          .select({ id: cases.id })
          .from(cases)
          .where(and(inArray(cases.id, ids), visibleTo(actor))),
        await readParts(db, cptsId, ids),
      ])
      const byCase = new Map(ids.map((id) => [id, taking.filter(({ caseId }) => caseId === id)]))
      const told = changesFor(person, cptsId, moment, byCase).map(({ id }) => id)
      expect([role, told.toSorted()]).toEqual([role, readable.map(({ id }) => String(id)).toSorted()])
    }
  }
})
