/** No key, token or password in the files of the project, nor in what its last commits added. */
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { report, sourceFiles } from './source-files.mjs'
import { addedTexts, secretsIn } from './trust/secrets.mjs'

const commits = 30
// Beyond, data: the national lists of communes.
const longest = 1_000_000
// Written by machines from what is read here anyway; the lock file's long words are digests.
const derived = ['pnpm-lock.yaml', 'apps/api/migrations/meta', 'docs/openapi.json']
const isText = ({ text }) => text.length < longest && !text.includes('\0')

const files = sourceFiles(/./)
  .filter((path) => !derived.some((one) => path.startsWith(one)))
  .filter((path) => statSync(path).isFile() && statSync(path).size < longest)
  .map((path) => ({ place: path, text: readFileSync(path, 'utf8') }))

/** Empty in an archive of the sources, which has no history. */
function lastCommits() {
  const asked = [
    '-c',
    'safe.directory=*',
    'log',
    '-p',
    '-U0',
    '--no-color',
    '--no-ext-diff',
    `-${commits}`,
    '--',
    '.',
    ...derived.map((one) => `:!${one}`),
  ]
  try {
    return execFileSync('git', asked, { encoding: 'utf8', maxBuffer: 512e6, stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

const texts = [...files, ...addedTexts(lastCommits())].filter(isText)
report('Secrets: take them away, and change them wherever they serve', await secretsIn(texts))
