import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { filled, matching, titleOf } from './palette-groups.ts'
import { followRecentCases, referenceIn } from './recent-cases.ts'

const line = (label: string, description?: string) => ({ label, description, icon: '', run: () => undefined })

test('a line is found by any of its words, in any order, accents or not', () => {
  const lines = [
    line('Nouvelle recherche de médecin traitant'),
    line('Annuaire'),
    line('Dr Élise Rey', 'Médecin, Junas'),
  ]
  const labels = (typed: string): string[] => matching(lines, typed).map(({ label }) => label)
  expect(labels('medecin nouv')).toEqual(['Nouvelle recherche de médecin traitant'])
  expect(labels('junas elise')).toEqual(['Dr Élise Rey'])
  expect(labels('')).toHaveLength(3)
  expect(labels('zzz')).toEqual([])
})

test('a group says when it shows the first ones alone', () => {
  expect(titleOf('Dossiers', { isWhole: true })).toBe('Dossiers')
  expect(titleOf('Dossiers', { isWhole: false })).toContain('précisez')
})

test('a group without line is not shown', () => {
  const groups = [
    { id: 'a', label: 'A', lines: [] },
    { id: 'b', label: 'B', lines: [line('x')] },
  ]
  expect(filled(groups).map(({ id }) => id)).toEqual(['b'])
})

test('a reference is read from a page of a case and from what stands beside a list, and from nothing else', () => {
  expect(referenceIn({ path: '/dossiers/MT-2026-0042', query: {} })).toBe('MT-2026-0042')
  expect(referenceIn({ path: '/file', query: { dossier: 'SNP-2026-0001' } })).toBe('SNP-2026-0001')
  expect(referenceIn({ path: '/file', query: { dossier: 'quelqu’un' } })).toBeUndefined()
  expect(referenceIn({ path: '/annuaire', query: {} })).toBeUndefined()
})

test('the cases read lately come newest first, each once', async () => {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:all(.*)', component: { render: () => null } }],
  })
  const { recent } = followRecentCases(router)
  for (const one of ['MT-2026-0001', 'SH-2026-0002', 'MT-2026-0001']) await router.push(`/dossiers/${one}`)
  expect(recent.value).toEqual(['MT-2026-0001', 'SH-2026-0002'])
})
