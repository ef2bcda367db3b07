import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { caseKinds } from '@maillage/contracts/cases'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const rooms = ['apps/api/src/platform', 'apps/api/src/kernel', 'apps/web/src/platform', 'apps/web/src/kernel']

const missing = (paths: readonly string[]): string[] => paths.filter((path) => !existsSync(join(root, path)))

/** The four places where a case kind lives: contract, API slice, screens, journey. */
const placesOf = (kind: string): string[] => {
  const slice = `apps/api/src/features/${kind}`
  const roles = ['routes', 'machine', 'table', 'store', 'kind'].map((role) => `${slice}/${kind}.${role}.ts`)
  return [
    `packages/contracts/src/${kind}.ts`,
    ...roles,
    `${slice}/README.md`,
    `apps/web/src/features/${kind}/${kind}.routes.ts`,
    `apps/e2e/journeys/${kind}.e2e.ts`,
  ]
}

const slices = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}/${entry.name}`)

describe('the house keeps its layout', () => {
  test.each(caseKinds)('the case kind %s has its contract, its API slice, its screens and its journey', (kind) => {
    expect(missing(placesOf(kind))).toEqual([])
  })

  test.each([...rooms, ...slices('apps/api/src/features')])('%s says in a README what it is for', (folder) => {
    expect(missing([`${folder}/README.md`])).toEqual([])
  })
})
