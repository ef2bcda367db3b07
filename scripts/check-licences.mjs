/** Each package that the product runs on has an open licence, and stands in the bill of materials with its digest. */
import { readFileSync } from 'node:fs'
import { report, sourceFiles } from './source-files.mjs'
import { billOfMaterials, nameOf } from './trust/bill-of-materials.mjs'
import { judgeLicences, read } from './trust/licences.mjs'

const { components } = await billOfMaterials()
report('Licences (scripts/trust/licences.mjs)', judgeLicences(components, read))

const whole = components.filter(
  ({ version, externalReferences }) => version && JSON.stringify(externalReferences)?.includes('SHA-512'),
)
const billed = new Set([...whole, ...components.filter(({ group }) => group === '@maillage')].map(nameOf))
const asked = sourceFiles(/^(?:apps\/(?:api|web)|packages\/[\w-]+)\/package\.json$/).flatMap((path) =>
  Object.keys(JSON.parse(readFileSync(path, 'utf8')).dependencies ?? {}),
)
report(
  'Not in the bill of materials',
  [...new Set(asked)].filter((name) => !billed.has(name)),
)
