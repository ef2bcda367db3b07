import {
  AccountId,
  CaseId,
  CptsId,
  MembershipId,
  newId,
  newRowId,
  PractitionerId,
  ProposalId,
  UnitId,
} from '@maillage/contracts/kit/ids'
import { roles } from '@maillage/contracts/roles'
import { expect, test } from 'vitest'
import { changesFor, type Listener } from './audience.ts'
import { changesByClass } from './audience-classes.ts'
import { gather, newMoment } from './told-changes.ts'

const cptsId = newId(CptsId)
const accounts = [newId(AccountId), newId(AccountId), newId(AccountId), newId(AccountId)] as const
const doctors = [newId(PractitionerId), newId(PractitionerId)] as const
const wards = [newId(UnitId), newId(UnitId), newId(UnitId)] as const
const ids = [newId(CaseId), newId(CaseId), newId(CaseId)] as const
const nobody = { practitionerId: null, unitId: null, accountId: null }

/** Everybody whom one could be: each role, account, practice and set of wards. */
const everybody: Listener[] = roles.flatMap((role) =>
  accounts.flatMap((accountId) =>
    [null, ...doctors].flatMap((practitionerId) =>
      [[], [wards[0]], [wards[2], wards[0]], [...wards]].map((unitIds) => ({
        cptsId,
        role,
        accountId,
        membershipId: newId(MembershipId),
        practitionerId,
        unitIds,
      })),
    ),
  ),
)

function aMoment() {
  const moment = newMoment()
  const [one, two, three] = ids
  gather(moment, { what: 'case', cptsId, id: one, kind: 'gp-search', version: 3 })
  gather(moment, { what: 'entry', cptsId, id: one, entry: newRowId(), type: 'move', actorId: accounts[0] })
  gather(moment, { what: 'entry', cptsId, id: two, entry: newRowId(), type: 'note', actorId: accounts[1] })
  gather(moment, { what: 'entry', cptsId, id: two, entry: newRowId(), type: 'message', actorId: accounts[2] })
  gather(moment, { what: 'presence', cptsId, id: three, actorId: accounts[0] })
  gather(moment, { what: 'proposal', cptsId, id: newId(ProposalId), version: 1, practitionerId: doctors[1] })
  const parts = new Map([
    [one, [{ caseId: one, ...nobody, practitionerId: doctors[0] }]],
    [two, [{ caseId: two, ...nobody, unitId: wards[0] }]],
    [three, [{ caseId: three, ...nobody, accountId: accounts[2] }]],
  ])
  return { moment, parts }
}

test('told by classes, each hears exactly what they would hear alone', () => {
  const { moment, parts } = aMoment()
  const changesOf = changesByClass(cptsId, moment, parts)
  for (const listener of everybody) {
    expect(changesOf(listener)).toEqual(changesFor(listener, cptsId, moment, parts))
  }
  expect(changesOf({ ...everybody[0], cptsId: newId(CptsId) } as Listener)).toEqual([])
})

test('however many listen, what they are told is worked out once for all who are told the same', () => {
  const { moment, parts } = aMoment()
  const changesOf = changesByClass(cptsId, moment, parts)
  const crowd = Array.from({ length: 1000 }, () => ({
    cptsId,
    role: 'coordinator' as const,
    accountId: newId(AccountId),
    membershipId: newId(MembershipId),
    practitionerId: null,
    unitIds: [],
  }))
  expect(new Set(crowd.map(changesOf)).size).toBe(1)
})
