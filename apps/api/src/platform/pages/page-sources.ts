import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Put in by the build (scripts/build/api.mjs): the program then carries its pages itself. */
declare const builtPageSources: Readonly<Record<string, string>> | undefined

const source = /\.(liquid|css)$/

/**
 * The templates and the style of the pages, by their place in the sources without ending for templates:
 * `platform/pages/templates/page`. Read from the sources while these run as they are.
 */
export function pageSources(): Readonly<Record<string, string>> {
  if (typeof builtPageSources !== 'undefined') return builtPageSources
  const root = path.resolve(import.meta.dirname, '../..')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => source.test(file))
  return Object.fromEntries(
    files.map((file) => [
      file.replaceAll('\\', '/').replace(/\.liquid$/, ''),
      readFileSync(path.join(root, file), 'utf8'),
    ]),
  )
}
