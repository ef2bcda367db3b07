import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const source = path.resolve(import.meta.dirname, '../..')
const find = (folder: string): readonly string[] =>
  readdirSync(path.join(source, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.vue'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)

/** What the pages of the catalogue show, by the imports of its components. */
const shown = find('features/catalogue')
  .map((file) => readFileSync(path.join(source, file), 'utf8'))
  .join('\n')

test('every shared component is shown in the catalogue, or tested by itself', () => {
  const components = find('ui')
  expect(components.length).toBeGreaterThan(10)
  const unseen = components.filter(
    (file) => !shown.includes(`/${file}'`) && !existsSync(path.join(source, file.replace(/\.vue$/, '.test.ts'))),
  )
  expect(unseen).toEqual([])
})
