import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const source = path.resolve(import.meta.dirname, '../..')
const find = (folder: string): readonly string[] =>
  readdirSync(path.join(source, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.vue'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)

const read = (file: string): string => readFileSync(path.join(source, file), 'utf8')

/** The components that files import, and those that these import in turn. */
function shownBy(files: readonly string[], known = new Set<string>()): ReadonlySet<string> {
  for (const file of files) {
    for (const [, imported = ''] of read(file).matchAll(/['"](\.{1,2}\/[^'"]+\.vue)['"]/g)) {
      const found = path.posix.join(path.posix.dirname(file), imported)
      if (known.has(found)) continue
      known.add(found)
      shownBy([found], known)
    }
  }
  return known
}

test('every shared component is shown in the catalogue, or tested by itself', () => {
  const components = find('ui')
  expect(components.length).toBeGreaterThan(10)
  const shown = shownBy(find('features/catalogue'))
  const unseen = components.filter(
    (file) => !shown.has(file) && !existsSync(path.join(source, file.replace(/\.vue$/, '.test.ts'))),
  )
  expect(unseen).toEqual([])
})
