import { problems } from '@maillage/contracts/kit/problems'
import { expect, test } from 'vitest'
import { ApiProblem, NetworkFailure } from './http.ts'
import { useAct } from './use-act.ts'

const changed = new ApiProblem({
  type: '/problems/case-changed',
  ...problems['case-changed'],
  code: 'case-changed',
  instance: 'urn:uuid:7f3a',
})

test('a second press while the first is under way does nothing', async () => {
  const act = useAct()
  let runs = 0
  const write = async (): Promise<number> => {
    runs += 1
    return runs
  }
  await expect(Promise.all([act.run(write), act.run(write)])).resolves.toEqual([1, undefined])
  expect(act.busy.value).toBe(false)
})

test('what waits for the first is run after it, whatever became of it', async () => {
  const act = useAct()
  const said: string[] = []
  const first = act.run(async () => {
    await Promise.resolve()
    said.push('first')
    throw new NetworkFailure(undefined)
  })
  const second = act.idle().then(() => act.run(async () => said.push('second')))
  await Promise.all([first, second])
  expect(said).toEqual(['first', 'second'])
})

test('a refusal is explained and its code is there to act on', async () => {
  const act = useAct()
  await act.run(() => Promise.reject(changed))
  expect(act.problem.value?.code).toBe('case-changed')
  expect(act.failure.value?.text).toContain('modifié')
})

test('the next try forgets the last failure', async () => {
  const act = useAct()
  await act.run(() => Promise.reject(new NetworkFailure(undefined)))
  expect(act.failure.value).toBeDefined()
  expect(act.problem.value).toBeUndefined()
  await expect(act.run(async () => 'done')).resolves.toBe('done')
  expect(act.failure.value).toBeUndefined()
})
