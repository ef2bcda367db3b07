import type { CaseHeader } from '@maillage/contracts/cases'
import type { ReminderChanged, ReminderLine } from '@maillage/contracts/coordination/reminders'
import { AccountId, CaseId, newId } from '@maillage/contracts/kit/ids'
import { expect, test } from 'vitest'
import { giveAll } from './giving.ts'

const [ana, bea] = [newId(AccountId), newId(AccountId)]
const [one, other] = [newId(CaseId), newId(CaseId)]
const cases = [
  { id: one, reference: 'MT-2026-0001', version: 3, ownerId: ana },
  { id: other, reference: 'MT-2026-0002', version: 5, ownerId: ana },
]
const callback = {
  id: 'callback',
  dueAt: '2026-03-03T13:00:00.000Z',
  text: 'Rappeler.',
  assignee: null,
  version: 1,
  case: { id: one, version: 3 },
} as unknown as ReminderLine

/** A server that keeps versions as the real one does, and refuses what `refuses` names. */
function aServer(refuses?: CaseId) {
  const versions = new Map([
    [one, 3],
    [other, 5],
  ])
  const said: string[] = []
  let callbackVersion = 1
  const api = {
    give: async (id: CaseId, body: { ownerId: string | null; version: number }) => {
      if (id === refuses || versions.get(id) !== body.version) throw new Error('case-changed')
      versions.set(id, body.version + 1)
      said.push(`${id === one ? 'one' : 'other'} to ${body.ownerId === bea ? 'bea' : 'ana'}`)
      return { version: body.version + 1 } as CaseHeader
    },
    changeCallback: async (_id: string, body: { assigneeId: string | null; version: number }) => {
      if (body.version !== callbackVersion) throw new Error('version-stale')
      callbackVersion += 1
      versions.set(one, (versions.get(one) ?? 0) + 1)
      said.push(`callback to ${body.assigneeId === bea ? 'bea' : 'nobody'}`)
      return { version: callbackVersion, caseVersion: versions.get(one) } as ReminderChanged
    },
  }
  return { api, said }
}

test('cases follow their callbacks, and all of it comes back', async () => {
  const { api, said } = aServer()
  const steps: number[] = []
  const given = await giveAll(api, { cases, callbacks: [callback] }, bea, (done) => steps.push(done))
  expect(given).toMatchObject({ cases: 2, callbacks: 1, refused: [] })
  expect(said).toEqual(['callback to bea', 'one to bea', 'other to bea'])
  expect(steps).toEqual([1, 2, 3])
  await given.undo()
  expect(said.slice(3)).toEqual(['other to ana', 'one to ana', 'callback to nobody'])
})

test('what a colleague changed meanwhile stays, and the rest goes', async () => {
  const { api } = aServer(one)
  const given = await giveAll(api, { cases, callbacks: [] }, bea, () => undefined)
  expect(given).toMatchObject({ cases: 1, refused: [{ name: 'MT-2026-0001' }] })
})
