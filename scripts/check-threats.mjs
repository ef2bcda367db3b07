/** Each threat of `docs/menaces.md` is attacked by a test that is there, under the title that the table gives. */
import { existsSync, readFileSync } from 'node:fs'
import { report } from './source-files.mjs'
import { judgeThreats } from './trust/threats.mjs'

const file = 'docs/menaces.md'
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
report(file, judgeThreats(readFileSync(file, 'utf8'), read))
