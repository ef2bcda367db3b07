/** Everything that can be judged without running a test. Each step runs even when another failed; the summary tells all. */
import { spawn } from 'node:child_process'
import { delimiter, resolve } from 'node:path'

const node = process.execPath
const steps = [
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings', '--colors=off'] },
  { name: 'typecheck', command: ['pnpm', '-r', '--no-bail', '--workspace-concurrency=2', 'run', 'typecheck'] },
  { name: 'typecheck-scripts', command: ['tsc', '-p', 'scripts'] },
  { name: 'boundaries', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'apps', 'packages'] },
  { name: 'knip', command: ['knip', '--no-progress'] },
  { name: 'sizes', command: [node, 'scripts/check-sizes.mjs'] },
  { name: 'texts', command: [node, 'scripts/check-texts.mjs'] },
  { name: 'migrations', command: [node, 'scripts/check-migrations.mjs'] },
  { name: 'openapi', command: [node, 'scripts/check-openapi.mjs'] },
  { name: 'secrets', command: [node, 'scripts/check-secrets.mjs'] },
  { name: 'licences', command: [node, 'scripts/check-licences.mjs'] },
  { name: 'advisories', command: [node, 'scripts/check-advisories.mjs'] },
  { name: 'threats', command: [node, 'scripts/check-threats.mjs'] },
  { name: 'build', command: [node, 'scripts/build.mjs'] },
  { name: 'weights', command: [node, 'scripts/check-weights.mjs'] },
]

const env = { ...process.env, PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}`, NO_COLOR: '1' }

/** Runs a step to its end and keeps what it said: a quiet success, a talkative failure. */
function run({ name, command: [file, ...args] }) {
  const start = performance.now()
  return new Promise((done) => {
    const said = []
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
    const finish = (passed) => done({ name, passed, said: said.join(''), seconds: (performance.now() - start) / 1000 })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk.toString()))
    child.on('error', (error) => {
      said.push(`${error.message}\n`)
      finish(false)
    })
    child.on('close', (code) => finish(code === 0))
  })
}

const wanted = process.argv.slice(2)
const results = []
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue
  const result = await run(step)
  results.push(result)
  console.log(`${result.passed ? 'ok  ' : 'FAIL'} ${result.name} ${result.seconds.toFixed(1)} s`)
  // What a step could not judge is told even when nothing is against it.
  if (!result.passed || result.said.startsWith('NOT JUDGED')) console.log(result.said.trimEnd().replace(/^/gm, '     '))
}

const failed = results.filter(({ passed }) => !passed).map(({ name }) => name)
const total = results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1)
console.log(
  `check: ${results.length - failed.length} of ${results.length} in ${total} s${failed.length > 0 ? `, failed: ${failed.join(', ')}` : ''}`,
)
process.exitCode = failed.length > 0 ? 1 : 0
