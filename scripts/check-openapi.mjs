/** The committed OpenAPI document is the one that the API gives: a change of contract is read in the diff. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { report } from './source-files.mjs'

const committed = 'docs/openapi.json'
const refresh = `node scripts/maillage.mjs openapi > ${committed}`

/** Paths where two documents part, deepest first, without listing what stands below a missing branch. */
function differences(given, kept, path = '') {
  if (isDeepStrictEqual(given, kept)) return []
  const bothObjects = [given, kept].every((value) => value !== null && typeof value === 'object')
  if (!bothObjects) return [path || '/']
  const keys = new Set([...Object.keys(given), ...Object.keys(kept)])
  return [...keys].flatMap((key) => differences(given[key], kept[key], `${path}/${key}`))
}

function faults() {
  if (!existsSync(committed)) return [`${committed} is missing`]
  const said = execFileSync(process.execPath, ['scripts/maillage.mjs', 'openapi'], {
    encoding: 'utf8',
    maxBuffer: 64e6,
  })
  return differences(JSON.parse(said), JSON.parse(readFileSync(committed, 'utf8'))).slice(0, 20)
}

report(`The OpenAPI document is not the API's; read what changed, then: ${refresh}`, faults())
