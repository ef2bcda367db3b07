import { problems } from '@maillage/contracts/kit/problems'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { ApiProblem } from './http.ts'
import { useUndo } from './undo.ts'

beforeEach(() => setActivePinia(createPinia()))

const noted: string[] = []
const noting = (what: string) => async (): Promise<void> => {
  noted.push(what)
}
beforeEach(() => {
  noted.length = 0
})

test('z undoes the last thing done, then the one before', async () => {
  const undo = useUndo()
  undo.offerUndo({ text: 'Dossier pris', undo: noting('take') })
  undo.offerUndo({ text: 'Dossier mis en pause', undo: noting('hold') })
  await undo.undoNewest()
  await undo.undoNewest()
  await undo.undoNewest()
  expect(noted).toEqual(['hold', 'take'])
  expect(undo.lines.map(({ state }) => state)).toEqual(['undone', 'undone'])
})

test('a second press while it is being undone does nothing', async () => {
  const undo = useUndo()
  undo.offerUndo({ text: 'Dossier pris', undo: noting('take') })
  const id = undo.newest?.id ?? 0
  await Promise.all([undo.undo(id), undo.undo(id)])
  expect(noted).toEqual(['take'])
})

test('once its line is gone, nothing can be undone any more', async () => {
  const undo = useUndo()
  undo.offerUndo({ text: 'Dossier pris', undo: noting('take') })
  const id = undo.newest?.id ?? 0
  undo.dismiss(id)
  await undo.undo(id)
  await undo.undoNewest()
  expect(noted).toEqual([])
  expect(undo.lines).toEqual([])
})

test('a refusal is said on the line itself', async () => {
  const undo = useUndo()
  const changed = new ApiProblem({
    type: '/problems/case-changed',
    ...problems['case-changed'],
    code: 'case-changed',
    instance: 'urn:uuid:7f3a',
  })
  undo.offerUndo({ text: 'Dossier pris', undo: () => Promise.reject(changed) })
  await undo.undoNewest()
  expect(undo.lines[0]).toMatchObject({ state: 'refused' })
  expect(undo.lines[0]?.refusal).toContain('modifié')
})
